package io.gradzoo.engine.gradient;

import static io.gradzoo.engine.network.Vectors.gaussian;
import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.engine.network.Vectors;
import io.gradzoo.engine.symmetry.PositiveScaling;
import io.gradzoo.engine.symmetry.SignFlip;
import io.gradzoo.engine.symmetry.Symmetry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvariantNeuronFeaturesTest {
  private static final int SAMPLES = 9;

  @ParameterizedTest
  @CsvSource({
    "relu:4:dense6:dense5:dense3, 1",
    "relu:4:dense6:dense5:dense3, 2",
    "tanh:4:dense6:dense5:dense3, 1",
    "sine3:4:dense6:dense5:dense3, 2"
  })
  void aTransformedNetworkHasTheSameFeaturesThoughItsPairsDiffer(String id, long seed) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(id);
    float[] parameters = gaussian(architecture.parameterCount(), 0.5, 1);
    Symmetry symmetry =
        architecture.activation() == Activation.RELU
            ? PositiveScaling.random(architecture, seed)
            : SignFlip.random(architecture, seed);
    float[] transformed = symmetry.apply(architecture, parameters);

    for (Boundary boundary : Boundary.values()) {
      float[] pairs = pairs(architecture, parameters, boundary);
      float[] transformedPairs = pairs(architecture, transformed, boundary);
      assertThat(relativeDistance(transformedPairs, pairs)).isGreaterThan(0.1);
      assertThat(relativeDistance(features(transformedPairs), features(pairs))).isLessThan(1e-5);
    }
  }

  @Test
  void featuresAreTheFormulasAndThoseOfADeadNeuronAreZero() {
    float[] pairs = {1, 2, 0, 0, -3, 4, 0, 0}; // two samples of two neurons
    float[] target = new float[17];
    InvariantNeuronFeatures.write(2, 2, pairs, 0, target, 1);
    double a = Math.sqrt((1 + 9) / 2.0);
    double g = Math.sqrt((4 + 16) / 2.0);
    double[] expected = {0, 2, 2, 1 / a, 2 / g, 0, 0, 0, 0, -12, 12, 3 / a, 4 / g, 0, 0, 0, 0};
    assertThat(relativeDistance(target, expected)).isLessThan(1e-7);
  }

  private static float[] features(float[] pairs) {
    float[] features = new float[2 * pairs.length];
    int neurons = pairs.length / (2 * SAMPLES);
    InvariantNeuronFeatures.write(SAMPLES, neurons, pairs, 0, features, 0);
    return features;
  }

  private static float[] pairs(
      LayeredArchitecture architecture, float[] parameters, Boundary boundary) {
    Targets targets = new Targets.Labels(Vectors.labels(SAMPLES, 3, 3));
    GradientSet set =
        new GradientExtraction(architecture)
            .extract(
                parameters,
                0,
                gaussian(SAMPLES * architecture.input().size(), 1, 2),
                SAMPLES,
                new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, targets));
    List<DenseFactors> factors = set.layers().stream().map(layer -> (DenseFactors) layer).toList();
    float[] pairs = new float[SAMPLES * NeuronFeatures.neurons(architecture) * 2];
    NeuronFeatures.write(architecture, boundary, parameters, 0, factors, pairs, 0);
    return pairs;
  }
}
