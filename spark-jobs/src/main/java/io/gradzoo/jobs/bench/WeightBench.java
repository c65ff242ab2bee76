package io.gradzoo.jobs.bench;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import java.util.List;

/**
 * Runs a config's metanetwork of a kind that reads weights, at full size, on random networks shaped
 * like its zoo's.
 */
public final class WeightBench {
  private final MetanetworkBench bench;

  /**
   * @param kind of the metanetwork, as configs name it
   * @throws GradzooException exit code 2 if the config has not exactly one model of the kind, or no
   *     networks for it
   */
  public WeightBench(GradzooConfig config, String kind, BenchSettings settings) {
    ModelConfig model = only(config, kind);
    List<LayeredArchitecture> architectures = BenchExample.architectures(config, model);
    if (architectures.isEmpty()) {
      throw GradzooException.usage(
          Fault.of("bench").at("zoo.architectures").expected(model.members().name()).found("none"));
    }
    this.bench =
        new MetanetworkBench(
            model.spec(List.copyOf(architectures)).build(),
            BenchExample.networks(architectures, settings.batch(), config.seed()),
            config.seed(),
            settings);
  }

  /** Warms up, measures, and returns what was found. */
  public BenchResult run() {
    return bench.run();
  }

  /** The one that predicts: what a change of networks takes is another bench. */
  private static ModelConfig only(GradzooConfig config, String kind) {
    List<ModelConfig> found =
        config.models().values().stream()
            .filter(model -> model.kind().name().equals(kind))
            .filter(model -> model.task().edits().isEmpty())
            .toList();
    if (found.size() != 1) {
      throw GradzooException.usage(
          Fault.of("bench")
              .at("models")
              .expected("one %s", kind)
              .found(found.stream().map(ModelConfig::name).toList())
              .fix("--preset"));
    }
    return found.get(0);
  }
}
