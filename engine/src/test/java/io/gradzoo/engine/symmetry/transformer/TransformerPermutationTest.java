package io.gradzoo.engine.symmetry.transformer;

import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.gradient.transformer.EmbeddingTokenFactors;
import io.gradzoo.engine.gradient.transformer.LinearTokenFactors;
import io.gradzoo.engine.gradient.transformer.NormalizationTokenFactors;
import io.gradzoo.engine.gradient.transformer.TokenGradients;
import io.gradzoo.engine.gradient.transformer.TransformerGradientExtraction;
import io.gradzoo.engine.gradient.transformer.TransformerGradientSet;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.engine.network.Vectors;
import io.gradzoo.engine.network.transformer.Sequences;
import io.gradzoo.engine.network.transformer.Space;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.engine.network.transformer.TransformerNetwork;
import io.gradzoo.engine.network.transformer.Transformers;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

class TransformerPermutationTest {
  static final List<String> ids = Transformers.IDS;

  @ParameterizedTest
  @FieldSource("ids")
  void theTransformersFunctionIsUnchangedThoughItsParametersAreNot(String id) {
    TransformerArchitecture architecture = TransformerArchitecture.parse(id);
    float[] parameters = Transformers.parameters(architecture, 1);
    float[] permuted = TransformerPermutation.random(architecture, 4).apply(parameters);
    assertThat(relativeDistance(permuted, parameters)).isGreaterThan(0.1);
    assertThat(
            relativeDistance(
                predictions(architecture, permuted), predictions(architecture, parameters)))
        .isLessThan(3e-6);
  }

  /** One kind of space at a time, so that no permutation hides behind another. */
  @ParameterizedTest
  @EnumSource(
      value = Space.Kind.class,
      names = {"RESIDUAL", "KEYS", "VALUES", "HIDDEN"})
  void everyKindOfSpaceMayBePermutedByItself(Space.Kind kind) {
    TransformerArchitecture architecture = TransformerArchitecture.parse(Transformers.IDS.get(0));
    TransformerPermutation permutation = only(kind, architecture, 4);
    float[] parameters = Transformers.parameters(architecture, 1);
    float[] permuted = permutation.apply(parameters);
    assertThat(relativeDistance(permuted, parameters)).isGreaterThan(0.05);
    assertThat(
            relativeDistance(
                predictions(architecture, permuted), predictions(architecture, parameters)))
        .isLessThan(3e-6);
  }

  @ParameterizedTest
  @FieldSource("ids")
  void factorsOfThePermutedTransformerAreThePermutedFactors(String id) {
    TransformerArchitecture architecture = TransformerArchitecture.parse(id);
    TransformerPermutation permutation = TransformerPermutation.random(architecture, 4);
    float[] parameters = Transformers.parameters(architecture, 1);
    TransformerGradientSet set = set(architecture, parameters);
    TransformerGradientSet ofPermuted = set(architecture, permutation.apply(parameters));
    for (int l = 0; l < set.layers().size(); l++) {
      List<Factor> factors = factors(set.layers().get(l));
      List<Factor> expected = factors(ofPermuted.layers().get(l));
      double scale = Vectors.norm(Vectors.toDouble(expected.get(0).numbers()));
      assertThat(scale).isPositive();
      for (int k = 0; k < factors.size(); k++) {
        Factor factor = factors.get(k);
        float[] actual = permutation.applyToNeurons(factor.space(), factor.numbers(), 1);
        assertThat(distance(actual, expected.get(k).numbers()) / Math.max(scale, 1))
            .as(set.layers().get(l).layer().name())
            .isLessThan(1e-5);
      }
    }
    assertThat(relativeDistance(permutation.apply(set.meanGradient()), ofPermuted.meanGradient()))
        .isLessThan(1e-5);
    assertThat(relativeDistance(set.gram(), ofPermuted.gram())).isLessThan(1e-5);
  }

  @Test
  void everyChannelOfANeuronMovesWithIt() {
    TransformerArchitecture architecture = TransformerArchitecture.parse(Transformers.IDS.get(0));
    int[][] order = identity(architecture).order();
    int hidden = 0;
    while (architecture.layout().spaces().get(hidden).kind() != Space.Kind.HIDDEN) {
      hidden++;
    }
    int width = order[hidden].length;
    order[hidden][0] = 2;
    order[hidden][2] = 0;
    float[] numbers = Vectors.gaussian(3 * width * 2, 1, 1);
    float[] moved =
        new TransformerPermutation(architecture, order)
            .applyToNeurons(architecture.layout().spaces().get(hidden), numbers, 2);

    for (int row = 0; row < 3; row++) {
      for (int neuron = 0; neuron < width; neuron++) {
        int from = neuron == 0 ? 2 : neuron == 2 ? 0 : neuron;
        for (int channel = 0; channel < 2; channel++) {
          assertThat(moved[(row * width + neuron) * 2 + channel])
              .isEqualTo(numbers[(row * width + from) * 2 + channel]);
        }
      }
    }
  }

  @Test
  void permutingOneHeadsQueriesWithoutItsKeysIsNoSymmetry() {
    TransformerArchitecture architecture = TransformerArchitecture.parse(Transformers.IDS.get(0));
    float[] parameters = Transformers.parameters(architecture, 1);
    float[] permuted = only(Space.Kind.KEYS, architecture, 4).apply(parameters);
    var query = architecture.layout().blocks().get(0).query();
    System.arraycopy(parameters, query.offset(), permuted, query.offset(), query.size());
    assertThat(
            relativeDistance(
                predictions(architecture, permuted), predictions(architecture, parameters)))
        .isGreaterThan(1e-3);
  }

  @Test
  void aPermutationAcrossHeadsOrOfTheVocabularyIsRefused() {
    TransformerArchitecture architecture = TransformerArchitecture.parse(Transformers.IDS.get(0));
    assertRefused(
        architecture,
        Space.Kind.KEYS,
        "permutation of block0.keys: expected each of 6 neurons once, within its group of 3");
    assertRefused(
        architecture,
        Space.Kind.VOCABULARY,
        "permutation of vocabulary: expected each of 7 neurons once, within its group of 1");
    assertThatThrownBy(() -> new TransformerPermutation(architecture, new int[2][]))
        .hasMessageContaining("expected one for each of 10 spaces, found 2");
  }

  private static void assertRefused(
      TransformerArchitecture architecture, Space.Kind kind, String message) {
    int[][] order = identity(architecture).order();
    for (int s = 0; s < order.length; s++) {
      if (architecture.layout().spaces().get(s).kind() == kind) {
        order[s][0] = order[s].length - 1;
        order[s][order[s].length - 1] = 0;
      }
    }
    assertThatThrownBy(() -> new TransformerPermutation(architecture, order)).hasMessage(message);
  }

  private static TransformerPermutation identity(TransformerArchitecture architecture) {
    int[][] order =
        architecture.layout().spaces().stream()
            .map(space -> java.util.stream.IntStream.range(0, space.width()).toArray())
            .toArray(int[][]::new);
    return new TransformerPermutation(architecture, order);
  }

  private static TransformerPermutation only(
      Space.Kind kind, TransformerArchitecture architecture, long seed) {
    int[][] order = identity(architecture).order();
    int[][] random = TransformerPermutation.random(architecture, seed).order();
    for (int s = 0; s < order.length; s++) {
      if (architecture.layout().spaces().get(s).kind() == kind) {
        order[s] = random[s];
      }
    }
    return new TransformerPermutation(architecture, order);
  }

  /** Numbers of the neurons of a space, [rows, neurons]. */
  private record Factor(Space space, float[] numbers) {}

  private static List<Factor> factors(TokenGradients layer) {
    if (layer instanceof LinearTokenFactors linear) {
      return List.of(
          new Factor(linear.layer().in(), linear.inputs()),
          new Factor(linear.layer().out(), linear.signals()));
    }
    if (layer instanceof NormalizationTokenFactors norm) {
      return List.of(
          new Factor(norm.layer().out(), norm.normalized()),
          new Factor(norm.layer().out(), norm.signals()));
    }
    EmbeddingTokenFactors table = (EmbeddingTokenFactors) layer;
    return List.of(new Factor(table.layer().out(), table.signals()));
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.pow((double) a[i] - b[i], 2);
    }
    return Math.sqrt(sum);
  }

  private static float[] predictions(TransformerArchitecture architecture, float[] parameters) {
    Sequences sequences = Transformers.sequences(architecture, 1, 2);
    TransformerNetwork network = new TransformerNetwork(architecture);
    network.load(parameters, 0);
    return Arrays.copyOf(
        network.forward(sequences, 0),
        Transformers.predictions(architecture, sequences) * architecture.outputs());
  }

  private static TransformerGradientSet set(
      TransformerArchitecture architecture, float[] parameters) {
    Sequences sequences = Transformers.sequences(architecture, 5, 2);
    int count = Transformers.predictions(architecture, sequences);
    Targets targets = new Targets.Labels(Vectors.labels(count, architecture.outputs(), 3));
    return new TransformerGradientExtraction(architecture)
        .extract(parameters, 0, sequences, new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, targets));
  }
}
