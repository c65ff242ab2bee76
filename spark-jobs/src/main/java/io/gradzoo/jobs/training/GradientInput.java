package io.gradzoo.jobs.training;

import io.gradzoo.engine.gradient.Boundary;
import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.InvariantNeuronFeatures;
import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.gradient.transformer.TokenFeatures;
import io.gradzoo.engine.gradient.transformer.TokenGradients;
import io.gradzoo.engine.metanet.gradmetanet.ConvolutionSetLayout;
import io.gradzoo.engine.metanet.gradmetanet.InputChannels;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.TargetArchitecture;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.jobs.config.GradMetaNetConvolutionConfig;
import io.gradzoo.jobs.config.GradMetaNetTransformerConfig;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.HybridConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.config.ScaleGmnConfig.SymmetryChoice;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * How a member and its gradient set become the numbers that a model reads, before they are
 * standardised.
 *
 * @param form of the numbers
 * @param samples in a set
 */
public record GradientInput(Form form, int samples) implements Serializable {
  /** Forms of what models read. */
  public enum Form {
    /** (a, g) of every neuron, [samples, N, 2]. */
    PAIRS,
    /** The same, then the flat weights. */
    PAIRS_AND_WEIGHTS,
    /** Features that no rescaling changes, [samples, N, 4], then the flat weights. */
    INVARIANTS_AND_WEIGHTS,
    /** Maps, signals, weights and moments, as {@link ConvolutionSetLayout} says. */
    MAPS,
    /** Factors of every token of transformers, as {@link TokenFeatures} says. */
    TOKENS
  }

  /** What a model reads that reads gradient sets. */
  public static GradientInput of(GradzooConfig config, ModelConfig model) {
    return new GradientInput(form(model), config.gradients().probeSamples());
  }

  private static Form form(ModelConfig model) {
    if (model.network() instanceof HybridConfig hybrid) {
      return hybrid.graph().symmetry() == SymmetryChoice.PERMUTATION
          ? Form.PAIRS_AND_WEIGHTS
          : Form.INVARIANTS_AND_WEIGHTS;
    }
    if (model.network() instanceof GradMetaNetTransformerConfig) {
      return Form.TOKENS;
    }
    return model.network() instanceof GradMetaNetConvolutionConfig ? Form.MAPS : Form.PAIRS;
  }

  /** The same sets as estimators read them: pairs alone. */
  GradientInput pairs() {
    return new GradientInput(Form.PAIRS, samples);
  }

  /** Whether it takes the member's weights too. */
  boolean readsWeights() {
    return form != Form.PAIRS && form != Form.TOKENS;
  }

  /** The form in which gradients of convolutions are wanted. */
  public ConvolutionForm convolutions() {
    return form == Form.MAPS ? ConvolutionForm.FACTORS : ConvolutionForm.GRADIENTS;
  }

  /**
   * The numbers of a member that is no transformer.
   *
   * @param network its flat weights; not read for pairs
   * @param set its gradients, with their moments where maps are wanted
   */
  public float[] of(float[] network, GradientSet set) {
    Architecture architecture = set.architecture();
    return switch (form) {
      case PAIRS -> pairs(set, Boundary.DUPLICATE, network);
      case PAIRS_AND_WEIGHTS -> joined(pairs(set, Boundary.DUPLICATE, network), network);
      case INVARIANTS_AND_WEIGHTS -> joined(invariants(set, network), network);
      case MAPS -> new ConvolutionSetLayout(architecture, samples).example(network, set);
      case TOKENS -> throw new IllegalStateException("tokens are read of transformers alone");
    };
  }

  /**
   * The numbers of a transformer.
   *
   * @param layers factors of its stages, in the order of the flat weights
   */
  public float[] of(TransformerArchitecture architecture, List<TokenGradients> layers) {
    return TokenFeatures.of(architecture, layers);
  }

  /** Which of the numbers are standardised together. */
  public InputChannels channels(TargetArchitecture architecture) {
    return architecture instanceof TransformerArchitecture transformer
        ? InputChannels.ofTokens(transformer, samples * transformer.positions())
        : channels((Architecture) architecture);
  }

  private InputChannels channels(Architecture architecture) {
    int weights = architecture.parameterCount();
    return switch (form) {
      case PAIRS -> InputChannels.ofNeurons(architecture, samples, NeuronFeatures.WIDTH, 0);
      case PAIRS_AND_WEIGHTS ->
          InputChannels.ofNeurons(architecture, samples, NeuronFeatures.WIDTH, weights);
      case INVARIANTS_AND_WEIGHTS ->
          InputChannels.ofNeurons(architecture, samples, InvariantNeuronFeatures.WIDTH, weights);
      case MAPS -> new ConvolutionSetLayout(architecture, samples).channels();
      case TOKENS -> throw new IllegalStateException("tokens are read of transformers alone");
    };
  }

  private static float[] pairs(GradientSet set, Boundary boundary, float[] network) {
    Architecture architecture = set.architecture();
    List<DenseFactors> factors = set.layers().stream().map(layer -> (DenseFactors) layer).toList();
    float[] pairs =
        new float[set.samples() * NeuronFeatures.neurons(architecture) * NeuronFeatures.WIDTH];
    NeuronFeatures.write(architecture, boundary, network, 0, factors, pairs, 0);
    return pairs;
  }

  /** From true pairs at inputs and outputs: products of duplicates would lose their signs. */
  private static float[] invariants(GradientSet set, float[] network) {
    float[] pairs = pairs(set, Boundary.FULL, network);
    int neurons = NeuronFeatures.neurons(set.architecture());
    float[] features = new float[set.samples() * neurons * InvariantNeuronFeatures.WIDTH];
    InvariantNeuronFeatures.write(set.samples(), neurons, pairs, 0, features, 0);
    return features;
  }

  private static float[] joined(float[] features, float[] network) {
    float[] all = Arrays.copyOf(features, features.length + network.length);
    System.arraycopy(network, 0, all, features.length, network.length);
    return all;
  }
}
