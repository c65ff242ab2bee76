package io.gradzoo.jobs.model.scalegmn;

import io.gradzoo.engine.metanet.scalegmn.RescalingGroup;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.BoundaryUpdate;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Canonicalization;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Compatibility;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Direction;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.HiddenEncoding;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Phases;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Positions;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead;
import io.gradzoo.jobs.config.block.Section;

/**
 * All that shapes a ScaleGMN but what follows from the target networks: the engine's config without
 * its group and its head.
 *
 * @param encodings whether messages or updates see positional encodings
 * @param whole makes the engine's config
 */
record ScaleGmnSizes(boolean encodings, Whole whole) {
  private static final double MOST_DROPOUT = 0.99;

  /** The engine's config of a group and a head. */
  @FunctionalInterface
  interface Whole {
    ScaleGmnConfig config(RescalingGroup symmetry, ScaleGmnHead head);
  }

  ScaleGmnConfig with(RescalingGroup symmetry, ScaleGmnHead head) {
    return whole.config(symmetry, head);
  }

  static ScaleGmnSizes read(Section section, Phases phases) {
    int width = section.count("width", 1, 4096);
    int layers = section.count("layers", 1, 64);
    Direction direction = section.choice("direction", Direction.class);
    Canonicalization canonicalization = section.choice("canonicalization", Canonicalization.class);
    BoundaryUpdate boundary = section.choice("boundary", BoundaryUpdate.class);
    int messageNetworks = section.count("message-networks", 2, 3);
    int updateNetworks = section.count("update-networks", 2, 3);
    Positions positions = positions(section.section("positions"));
    boolean skipConnections = section.flag("skip-connections");
    boolean layerNorm = section.flag("layer-norm");
    float dropout = (float) section.number("dropout", 0, MOST_DROPOUT);
    float mlpDropout = (float) section.number("mlp-dropout", 0, MOST_DROPOUT);
    Compatibility compatibility = section.choice("compatibility", Compatibility.class);
    return new ScaleGmnSizes(
        positions.inMessages() || positions.inUpdates(),
        (symmetry, head) ->
            new ScaleGmnConfig(
                symmetry,
                direction,
                width,
                layers,
                head,
                canonicalization,
                phases,
                boundary,
                messageNetworks,
                updateNetworks,
                positions,
                skipConnections,
                layerNorm,
                dropout,
                mlpDropout,
                compatibility));
  }

  private static Positions positions(Section section) {
    Positions positions =
        new Positions(
            section.choice("hidden", HiddenEncoding.class),
            section.flag("sum-on-boundary"),
            section.count("networks", 2, 3),
            section.flag("edges"),
            section.flag("in-messages"),
            section.flag("in-updates"));
    section.finish();
    return positions;
  }
}
