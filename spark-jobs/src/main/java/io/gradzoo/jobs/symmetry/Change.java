package io.gradzoo.jobs.symmetry;

import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.symmetry.NeuronPermutation;
import io.gradzoo.engine.symmetry.PhaseShift;
import io.gradzoo.engine.symmetry.PositiveScaling;
import io.gradzoo.engine.symmetry.SignFlip;

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
    float[] apply(Subject subject, Architecture architecture, float[] network, long seed);
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
            subject.read(architecture, rescaled(architecture, network, seed)));
  }

  /** Half turns of the phases of a sine network. */
  static Change phaseShift(Expectation expectation) {
    return new Change(
        "phase shifts",
        expectation,
        (subject, architecture, network, seed) ->
            subject.read(
                architecture, PhaseShift.random(architecture, seed).apply(architecture, network)));
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
                rescaled(architecture, permuted(architecture, network, seed), ~seed)));
  }

  /** The rescalings that do not leave a network with this activation alone. */
  static Change foreignRescaling(Activation activation) {
    boolean relu = activation == Activation.RELU;
    return new Change(
        relu ? "sign flips" : "positive scalings",
        Expectation.CHANGED,
        (subject, architecture, network, seed) -> {
          Architecture other =
              Architecture.of(
                  relu ? Activation.TANH : Activation.RELU,
                  architecture.input(),
                  architecture.layers());
          return subject.read(architecture, rescaled(other, network, seed));
        });
  }

  /** Another order of the gradients of a set. */
  static Change setOrder() {
    return new Change("orders of the set", Expectation.UNCHANGED, Subject::readReordered);
  }

  private static float[] permuted(Architecture architecture, float[] network, long seed) {
    return NeuronPermutation.random(architecture, seed).apply(architecture, network);
  }

  private static float[] rescaled(Architecture architecture, float[] network, long seed) {
    return architecture.activation() == Activation.RELU
        ? PositiveScaling.random(architecture, seed).apply(architecture, network)
        : SignFlip.random(architecture, seed).apply(architecture, network);
  }
}
