package io.gradzoo.jobs.config;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Boundary;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Canonicalization;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Compatibility;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Direction;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.HiddenEncoding;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Phases;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Positions;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Readout;
import io.gradzoo.jobs.config.block.Section;

/**
 * A ScaleGMN (Kalogeropoulos et al. 2024) on weights: every choice of the engine's, but for what
 * follows from the target networks.
 *
 * @param symmetry the group it respects
 * @param width of all hidden features
 * @param layers of message passing
 * @param head what it computes
 * @param messages how messages run and what they are made with
 * @param positions positional encodings
 * @param style what all parts have in common
 * @param phases how the phases of sine members are read
 * @param compatibility equivariant throughout, or as the public code is
 */
public record ScaleGmnConfig(
    SymmetryChoice symmetry,
    int width,
    int layers,
    Head head,
    Messages messages,
    Positions positions,
    Style style,
    Phases phases,
    Compatibility compatibility)
    implements MetanetworkConfig {

  private static final double MOST_DROPOUT = 0.99;

  /** The groups of rescalings to choose from. */
  public enum SymmetryChoice {
    /** What the activations of the members allow. */
    AUTO,
    /** Positive factors: ReLU members. */
    SCALE,
    /** Factors ±1: tanh and sine members. */
    SIGN,
    /** Each member's own: members of both kinds. */
    HETERO,
    /** None but permutations. */
    PERMUTATION
  }

  /** What a ScaleGMN computes. */
  public enum HeadKind {
    /** A vector for each member that no symmetry changes. */
    INVARIANT,
    /** A change of every weight and bias, times one learned scale for each of the tensors. */
    PARAMETER_DELTAS,
    /** A change of every weight and bias as it comes out of the last layer. */
    GRAPH_DELTAS
  }

  /**
   * The head.
   *
   * @param kind of result
   * @param readout what an invariant head looks at
   * @param outputs of an invariant head
   * @param initialScale of parameter deltas
   */
  public record Head(HeadKind kind, Readout readout, int outputs, double initialScale) {
    static Head read(Section section) {
      return new Head(
          section.choice("head", HeadKind.class),
          section.choice("readout", Readout.class),
          section.count("outputs", 1, 100_000),
          section.number("initial-scale", 1e-12, 1e6));
    }
  }

  /**
   * How messages run and what they are made with.
   *
   * @param direction of messages
   * @param canonicalization under signs
   * @param boundary what is learned on input and output nodes
   * @param messageNetworks 2, or 3 with one each for first and last layer
   * @param updateNetworks likewise for node updates
   */
  public record Messages(
      Direction direction,
      Canonicalization canonicalization,
      Boundary boundary,
      int messageNetworks,
      int updateNetworks) {
    static Messages read(Section section) {
      return new Messages(
          section.choice("direction", Direction.class),
          section.choice("canonicalization", Canonicalization.class),
          section.choice("boundary", Boundary.class),
          section.count("message-networks", 2, 3),
          section.count("update-networks", 2, 3));
    }
  }

  /**
   * What all parts have in common.
   *
   * @param skipConnections whether a linear skip runs around each layer
   * @param layerNorm whether the perceptrons normalise
   * @param dropout rate after each layer of message passing
   * @param mlpDropout rate inside the perceptrons
   */
  public record Style(
      boolean skipConnections, boolean layerNorm, double dropout, double mlpDropout) {
    static Style read(Section section) {
      return new Style(
          section.flag("skip-connections"),
          section.flag("layer-norm"),
          section.number("dropout", 0, MOST_DROPOUT),
          section.number("mlp-dropout", 0, MOST_DROPOUT));
    }
  }

  @Override
  public String kind() {
    return "scalegmn";
  }

  static ScaleGmnConfig read(Section section) {
    ScaleGmnConfig network =
        new ScaleGmnConfig(
            section.choice("symmetry", SymmetryChoice.class),
            section.count("width", 1, 4096),
            section.count("layers", 1, 64),
            Head.read(section),
            Messages.read(section),
            positions(section.section("positions")),
            Style.read(section),
            section.choice("phases", Phases.class),
            section.choice("compatibility", Compatibility.class));
    boolean encodings = network.positions.inMessages() || network.positions.inUpdates();
    if (network.symmetry == SymmetryChoice.PERMUTATION && encodings) {
      section.problem(
          "symmetry",
          Fault.here()
              .expected(
                  "both positions.in-messages and positions.in-updates false with permutation, which has no place for them"));
    }
    if (network.phases == Phases.CANONICAL && network.head.kind() != HeadKind.INVARIANT) {
      section.problem("phases", Fault.here().found("canonical phases need head = invariant"));
    }
    section.finish();
    return network;
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
