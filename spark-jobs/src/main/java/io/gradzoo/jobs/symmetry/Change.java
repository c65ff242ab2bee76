package io.gradzoo.jobs.symmetry;

import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.TargetArchitecture;
import io.gradzoo.engine.network.transformer.NamedTensor;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.engine.symmetry.NeuronPermutation;
import io.gradzoo.engine.symmetry.PhaseShift;
import io.gradzoo.engine.symmetry.PositiveScaling;
import io.gradzoo.engine.symmetry.SignFlip;
import io.gradzoo.engine.symmetry.transformer.TransformerPermutation;
import java.util.SplittableRandom;

/**
 * A random change of a target network or of what is read of it.
 *
 * @param name for the table
 * @param expectation what it is to do to the metanetwork's result
 * @param action how it is drawn and done
 */
record Change(String name, Expectation expectation, Action action) {

  /** What a change is to do to the result. */
  enum Expectation {
    /** Nothing: the metanetwork respects this symmetry. */
    UNCHANGED,
    /** Something, which shows that the check can fail. */
    CHANGED
  }

  /** Draws and does a change. */
  @FunctionalInterface
  interface Action {
    /**
     * @param network flat parameters of the unchanged target network
     * @return what the metanetwork reads after the change
     */
    float[] apply(Subject subject, TargetArchitecture architecture, float[] network, long seed);
  }

  static Change permutation() {
    return new Change(
        "neuron permutations",
        Expectation.UNCHANGED,
        (subject, architecture, network, seed) ->
            subject.read(architecture, permuted(architecture, network, seed)));
  }

  /** The rescalings that leave a network with this activation alone. */
  static Change rescaling(Activation activation, Expectation expectation) {
    return new Change(
        activation == Activation.RELU ? "positive scalings" : "sign flips",
        expectation,
        (subject, architecture, network, seed) ->
            subject.read(architecture, rescaled((Architecture) architecture, network, seed)));
  }

  /** Half turns of the phases of a sine network. */
  static Change phaseShift(Expectation expectation) {
    return new Change(
        "phase shifts",
        expectation,
        (subject, architecture, network, seed) ->
            subject.read(
                architecture,
                PhaseShift.random((Architecture) architecture, seed)
                    .apply((Architecture) architecture, network)));
  }

  static Change permutationAndRescaling(Activation activation) {
    return new Change(
        activation == Activation.RELU
            ? "permutations and scalings together"
            : "permutations and flips together",
        Expectation.UNCHANGED,
        (subject, architecture, network, seed) ->
            subject.read(
                architecture,
                rescaled(
                    (Architecture) architecture, permuted(architecture, network, seed), ~seed)));
  }

  /** The rescalings that do not leave a network with this activation alone. */
  static Change foreignRescaling(Activation activation) {
    boolean relu = activation == Activation.RELU;
    return new Change(
        relu ? "sign flips" : "positive scalings",
        Expectation.CHANGED,
        (subject, architecture, network, seed) -> {
          Architecture own = (Architecture) architecture;
          Architecture other =
              Architecture.of(relu ? Activation.TANH : Activation.RELU, own.input(), own.layers());
          return subject.read(architecture, rescaled(other, network, seed));
        });
  }

  /** Another order of the gradients of a set. */
  static Change setOrder() {
    return new Change("orders of the set", Expectation.UNCHANGED, Subject::readReordered);
  }

  /** Other ids for the tokens that a transformer knows, each another's. */
  static Change tokenIds() {
    return new Change(
        "other token ids",
        Expectation.CHANGED,
        (subject, architecture, network, seed) ->
            subject.read(
                architecture, renamed((TransformerArchitecture) architecture, network, seed)));
  }

  /** Rows of the token embedding moved round by as many as the seed says, but not to themselves. */
  private static float[] renamed(TransformerArchitecture architecture, float[] network, long seed) {
    NamedTensor table = architecture.layout().tokenTable().tensors().get(0);
    int by = 1 + new SplittableRandom(seed).nextInt(table.rows() - 1);
    float[] result = network.clone();
    for (int id = 0; id < table.rows(); id++) {
      int to = (id + by) % table.rows();
      System.arraycopy(
          network,
          table.offset() + id * table.columns(),
          result,
          table.offset() + to * table.columns(),
          table.columns());
    }
    return result;
  }

  private static float[] permuted(TargetArchitecture architecture, float[] network, long seed) {
    if (architecture instanceof TransformerArchitecture transformer) {
      return TransformerPermutation.random(transformer, seed).apply(network);
    }
    Architecture layers = (Architecture) architecture;
    return NeuronPermutation.random(layers, seed).apply(layers, network);
  }

  private static float[] rescaled(Architecture architecture, float[] network, long seed) {
    return architecture.activation() == Activation.RELU
        ? PositiveScaling.random(architecture, seed).apply(architecture, network)
        : SignFlip.random(architecture, seed).apply(architecture, network);
  }
}
