package io.gradzoo.jobs.symmetry;

import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.transformer.NamedTensor;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.engine.symmetry.NeuronPermutation;
import io.gradzoo.engine.symmetry.PhaseShift;
import io.gradzoo.engine.symmetry.PositiveScaling;
import io.gradzoo.engine.symmetry.SignFlip;
import io.gradzoo.engine.symmetry.transformer.TransformerPermutation;
import io.gradzoo.jobs.family.Transformation;
import io.gradzoo.jobs.model.SymmetryPromise;
import io.gradzoo.jobs.model.SymmetryPromise.Expectation;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random change of a target network or of what is read of it.
 *
 * @param name for the table
 * @param expectation what it is to do to the metanetwork's result
 * @param action how it is drawn and done
 */
record Change(String name, Expectation expectation, Action action) {

  /** Draws and does a change. */
  @FunctionalInterface
  interface Action {
    /**
     * @param network flat parameters of the unchanged target network
     * @return what the metanetwork reads after the change
     */
    float[] apply(Subject subject, Architecture architecture, float[] network, long seed);
  }

  /** The changes of networks of layers with an activation that a model promises something of. */
  static List<Change> ofLayers(List<SymmetryPromise> promises, Activation activation) {
    boolean sine = activation == Activation.SINE;
    return promises.stream()
        .filter(promise -> sine || promise.transformation() != Transformation.PHASE_SHIFT)
        .map(promise -> of(promise, activation == Activation.RELU))
        .toList();
  }

  /** The changes of transformers that a model promises something of. */
  static List<Change> ofTransformers(List<SymmetryPromise> promises) {
    return promises.stream().map(promise -> of(promise, false)).toList();
  }

  /**
   * @param relu whether positive scalings leave the networks alone; else sign flips do
   */
  private static Change of(SymmetryPromise promise, boolean relu) {
    Transformation transformation = promise.transformation();
    return new Change(name(transformation, relu), promise.expectation(), action(transformation));
  }

  private static String name(Transformation transformation, boolean relu) {
    return switch (transformation) {
      case PERMUTATION -> "neuron permutations";
      case SET_ORDER -> "orders of the set";
      case RESCALING -> relu ? "positive scalings" : "sign flips";
      case PERMUTATION_AND_RESCALING ->
          relu ? "permutations and scalings together" : "permutations and flips together";
      case FOREIGN_RESCALING -> relu ? "sign flips" : "positive scalings";
      case PHASE_SHIFT -> "phase shifts";
      case TOKEN_IDS -> "other token ids";
    };
  }

  private static Action action(Transformation transformation) {
    return switch (transformation) {
      case PERMUTATION -> ofWeights(Change::permuted);
      case SET_ORDER -> Subject::readReordered;
      case RESCALING -> ofWeights(Change::rescaled);
      case PERMUTATION_AND_RESCALING ->
          ofWeights(
              (architecture, network, seed) ->
                  rescaled(architecture, permuted(architecture, network, seed), ~seed));
      case FOREIGN_RESCALING ->
          ofWeights(
              (architecture, network, seed) ->
                  rescaled(withOtherActivation((LayeredArchitecture) architecture), network, seed));
      case PHASE_SHIFT -> ofWeights(Change::shifted);
      case TOKEN_IDS -> ofWeights(Change::renamed);
    };
  }

  /** Draws and does a change of weights. */
  @FunctionalInterface
  private interface OfWeights {
    float[] apply(Architecture architecture, float[] network, long seed);
  }

  private static Action ofWeights(OfWeights change) {
    return (subject, architecture, network, seed) ->
        subject.read(architecture, change.apply(architecture, network, seed));
  }

  /** The same layers with an activation that other rescalings leave alone. */
  private static LayeredArchitecture withOtherActivation(LayeredArchitecture own) {
    Activation other = own.activation() == Activation.RELU ? Activation.TANH : Activation.RELU;
    return LayeredArchitecture.of(other, own.input(), own.layers());
  }

  /** Half turns of the phases of a sine network. */
  private static float[] shifted(Architecture architecture, float[] network, long seed) {
    LayeredArchitecture layers = (LayeredArchitecture) architecture;
    return PhaseShift.random(layers, seed).apply(layers, network);
  }

  /** Rows of the token embedding moved round by as many as the seed says, but not to themselves. */
  private static float[] renamed(Architecture transformer, float[] network, long seed) {
    TransformerArchitecture architecture = (TransformerArchitecture) transformer;
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

  private static float[] permuted(Architecture architecture, float[] network, long seed) {
    if (architecture instanceof TransformerArchitecture transformer) {
      return TransformerPermutation.random(transformer, seed).apply(network);
    }
    LayeredArchitecture layers = (LayeredArchitecture) architecture;
    return NeuronPermutation.random(layers, seed).apply(layers, network);
  }

  /** By factors that leave the network's function alone. */
  private static float[] rescaled(Architecture layers, float[] network, long seed) {
    LayeredArchitecture architecture = (LayeredArchitecture) layers;
    return architecture.activation() == Activation.RELU
        ? PositiveScaling.random(architecture, seed).apply(architecture, network)
        : SignFlip.random(architecture, seed).apply(architecture, network);
  }
}
