package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.Mlp;
import io.gradzoo.engine.symmetry.PhaseCanonicalization;
import java.io.Serializable;

/**
 * Hyperparameters of a {@link ScaleGmn}.
 *
 * @param symmetry the group it respects
 * @param direction whether messages also run from outputs to inputs
 * @param width hidden width d
 * @param layers number T of message-passing layers
 * @param head what it computes
 * @param canonicalization canonical form under signs
 * @param phases how the phases of sine networks are read
 * @param boundary what is learned on input and output nodes, where nothing may be rescaled
 * @param messageNetworks how many networks a message function has: 2, or 3 with one each for first
 *     and last layer
 * @param updateNetworks likewise for the node update
 * @param positions positional encodings
 * @param skipConnections whether a linear skip runs around each layer
 * @param layerNorm whether the perceptrons normalise
 * @param dropout rate after each message-passing layer
 * @param mlpDropout rate inside the perceptrons
 * @param compatibility ours, or the public code's behaviour with its defects
 */
public record ScaleGmnConfig(
    RescalingGroup symmetry,
    Direction direction,
    int width,
    int layers,
    ScaleGmnHead head,
    Canonicalization canonicalization,
    Phases phases,
    BoundaryUpdate boundary,
    int messageNetworks,
    int updateNetworks,
    Positions positions,
    boolean skipConnections,
    boolean layerNorm,
    float dropout,
    float mlpDropout,
    Compatibility compatibility)
    implements Serializable {

  public ScaleGmnConfig {
    require(width > 0, "width", "a positive number", width);
    require(layers > 0, "layers", "a positive number", layers);
    require(
        messageNetworks == 2 || messageNetworks == 3,
        "message networks",
        "2 or 3",
        messageNetworks);
    require(
        updateNetworks == 2 || updateNetworks == 3, "update networks", "2 or 3", updateNetworks);
    require(dropout >= 0 && dropout < 1, "dropout", "a number in [0, 1)", dropout);
    require(mlpDropout >= 0 && mlpDropout < 1, "dropout", "a number in [0, 1)", mlpDropout);
    require(
        phases == Phases.AS_GIVEN || head instanceof ScaleGmnHead.Invariant,
        "head",
        "invariant, as canonical phases need",
        head);
  }

  /** Direction of message passing. */
  public enum Direction {
    FORWARD,
    BIDIRECTIONAL
  }

  /** Canonical form under signs. */
  public enum Canonicalization {
    /** ρ(x) + ρ(−x), with ρ learned. */
    SYMMETRIZED,
    /** |x|. */
    ABSOLUTE
  }

  /** How the phases of sine networks are read. */
  public enum Phases {
    AS_GIVEN,
    /** Shifted to their canonical form, {@link PhaseCanonicalization}, when a network is loaded. */
    CANONICAL
  }

  /** What is learned on input and output nodes. */
  public enum BoundaryUpdate {
    /** A perceptron of its own. */
    PERCEPTRON,
    /** Γx ⊙ a perceptron of x. */
    GATE
  }

  /** Whose behaviour is wanted. */
  public enum Compatibility {
    /** Equivariant throughout. */
    EXACT,
    /**
     * The public code's: no reciprocal in the backward direction, its edge types, its unused
     * parameters.
     */
    REFERENCE
  }

  /** What an invariant head looks at. */
  public enum ReadoutNodes {
    /** The output nodes, and the input nodes too where messages run both ways. */
    LAST_LAYER,
    /** All nodes. */
    FULL_GRAPH
  }

  /**
   * Positional encodings.
   *
   * @param hidden how they enter hidden nodes
   * @param sumOnBoundary whether they are added on input and output nodes (else multiplied)
   * @param networks perceptrons of the equivariant encoder, 2 or 3
   * @param edges whether edges have encodings too
   * @param inMessages whether message functions see them
   * @param inUpdates whether node updates see them
   */
  public record Positions(
      HiddenEncoding hidden,
      boolean sumOnBoundary,
      int networks,
      boolean edges,
      boolean inMessages,
      boolean inUpdates)
      implements Serializable {
    /** The common choice: multiplied on hidden nodes, added on the others. */
    public static final Positions DEFAULT =
        new Positions(HiddenEncoding.PRODUCT, true, 3, false, false, false);
  }

  /** How positional encodings enter hidden nodes. */
  public enum HiddenEncoding {
    PRODUCT,
    EQUIVARIANT_NETWORK
  }

  boolean bidirectional() {
    return direction == Direction.BIDIRECTIONAL;
  }

  boolean invariant() {
    return head instanceof ScaleGmnHead.Invariant;
  }

  /** Whether changes of weights have products of nodes; the plain update has no need of them. */
  boolean products() {
    return symmetry != RescalingGroup.PERMUTATION
        && head instanceof ScaleGmnHead.ParameterDeltas deltas
        && deltas.edges() == ScaleGmnHead.WeightTerms.GATED_AND_PRODUCTS;
  }

  /** Whether networks that a group acts on are read in their balanced gauge. */
  boolean balanced(RescalingGroup acting) {
    return acting == RescalingGroup.SCALE
        && head instanceof ScaleGmnHead.ParameterDeltas deltas
        && deltas.gauge() == ScaleGmnHead.WeightGauge.BALANCED;
  }

  boolean reference() {
    return compatibility == Compatibility.REFERENCE;
  }

  PhaseCanonicalization phaseForm() {
    return reference() ? PhaseCanonicalization.REFERENCE : PhaseCanonicalization.EXACT;
  }

  Mlp.Style style() {
    return new Mlp.Style(width, layerNorm, mlpDropout);
  }

  private static void require(boolean condition, String what, String expected, Object found) {
    if (!condition) {
      throw Fault.of("scalegmn").at(what).expected(expected).found(found).exception();
    }
  }
}
