package io.gradzoo.jobs.bench;

import io.gradzoo.engine.metanet.gradmetanet.GradMetaNet;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetHead;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetPlusPlus;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetPlusPlusConfig;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.engine.network.LayeredArchitecture;

/** Runs GradMetaNet at full size on random gradient sets of a SIREN 1-32-32-1. */
public final class GradMetaNetBench {
  private static final LayeredArchitecture SIREN =
      LayeredArchitecture.parse("sine30:1:dense32:dense32:dense1");
  private static final int SET_SIZE = 128;
  private static final int POSITION_WIDTH = 8;
  private static final GradMetaNetHead HEAD = new GradMetaNetHead.InvariantVector(1);

  private static final GradMetaNetConfig PLAIN =
      new GradMetaNetConfig(SET_SIZE, POSITION_WIDTH, 64, 3, 3, Reduction.MEAN, HEAD);

  private static final GradMetaNetPlusPlusConfig PLUS_PLUS =
      new GradMetaNetPlusPlusConfig(SET_SIZE, POSITION_WIDTH, 16, 2, 4, Reduction.MEAN, HEAD);

  private final MetanetworkBench bench;

  /** Of a variant. */
  public GradMetaNetBench(GradMetaNetVariant variant, BenchSettings settings) {
    this.bench =
        new MetanetworkBench(
            variant == GradMetaNetVariant.PLUS_PLUS
                ? new GradMetaNetPlusPlus(PLUS_PLUS)
                : new GradMetaNet(PLAIN),
            BenchExample.gradientSets(SIREN, SET_SIZE, settings.batch(), 0),
            0,
            settings);
  }

  /** Warms up, measures, and returns what was found. */
  public BenchResult run() {
    return bench.run();
  }
}
