package io.gradzoo.engine.gradient;

import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static io.gradzoo.engine.network.Vectors.toFloat;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.golden.GoldenArrays;
import io.gradzoo.engine.golden.StoredGolden;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.BatchedNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Factors, moments and Fisher diagonals against an independent implementation in double. */
class GoldenGradientsTest {
  private static final double TOLERANCE = 1e-5;
  private final GoldenArrays golden = StoredGolden.values();

  @ParameterizedTest
  @ValueSource(strings = {"relu_ce", "tanh_ce", "sine_mse"})
  void multilayerPerceptronsAgree(String name) {
    LayeredArchitecture architecture = architecture(name);
    float[] theta = parameters(architecture, name);
    float[] x = toFloat(golden.array("mlp/X"));
    GradientSet set = new GradientExtraction(architecture).extract(theta, 0, x, 32, signal(name));

    assertThat(relativeDistance(set.values(), golden.array(name + "/loss"))).isLessThan(TOLERANCE);
    for (LayerGradients layer : set.layers()) {
      DenseFactors factors = (DenseFactors) layer;
      int l = factors.layer().index();
      assertThat(relativeDistance(factors.inputs(), golden.array(name + "/a" + l)))
          .isLessThan(TOLERANCE);
      assertThat(relativeDistance(factors.signals(), golden.array(name + "/g" + (l + 1))))
          .isLessThan(TOLERANCE);
    }
    TrueFisher fisher = new TrueFisher(architecture);
    Loss loss = name.endsWith("_ce") ? Loss.SOFTMAX_CROSS_ENTROPY : Loss.SQUARED_ERROR;
    assertLayersAgree(architecture, set.meanGradient(), name + "/mean");
    assertLayersAgree(architecture, set.empiricalFisherDiagonal(), name + "/fim_emp");
    assertLayersAgree(architecture, fisher.diagonal(theta, 0, x, 32, loss), name + "/fim_true");
    assertThat(set.discrepancy()).isLessThan(1e-6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu_ce", "tanh_ce", "sine_mse"})
  void boundaryEntriesOfNeuronFeaturesAgree(String name) {
    LayeredArchitecture architecture = architecture(name);
    float[] theta = parameters(architecture, name);
    GradientSet set =
        new GradientExtraction(architecture)
            .extract(theta, 0, toFloat(golden.array("mlp/X")), 32, signal(name));
    List<DenseFactors> factors = set.layers().stream().map(layer -> (DenseFactors) layer).toList();
    double[][] first = {
      golden.array(name + "/a0"), golden.array(name + "/a1"), golden.array(name + "/a2")
    };
    double[][] second = {
      golden.array(name + "/g1"), golden.array(name + "/g2"), golden.array(name + "/g3")
    };
    double[] zeroIn = new double[32 * 8];
    double[] zeroOut = new double[32 * 3];
    double[] f = golden.array(name + "/f");
    double[] g0 = golden.array(name + "/g0");

    assertPairs(
        features(architecture, Boundary.DUPLICATE, theta, factors),
        new double[][] {first[0], first[1], first[2], second[2]},
        new double[][] {first[0], second[0], second[1], second[2]});
    assertPairs(
        features(architecture, Boundary.FULL, theta, factors),
        new double[][] {first[0], first[1], first[2], f},
        new double[][] {g0, second[0], second[1], second[2]});
    assertPairs(
        features(architecture, Boundary.ZERO, theta, factors),
        new double[][] {first[0], first[1], first[2], zeroOut},
        new double[][] {zeroIn, second[0], second[1], second[2]});
  }

  @Test
  void theConvolutionalNetworkOfTheZooAgrees() {
    LayeredArchitecture architecture =
        LayeredArchitecture.parse(
            "relu:1x28x28:conv16k3s2p0:conv16k3s2p0:conv16k3s2p0:gap:dense10");
    float[] theta = parameters(architecture, "cnn");
    float[] x = toFloat(golden.array("cnn/X"));
    int[] y = Arrays.stream(golden.array("cnn/y")).mapToInt(label -> (int) label).toArray();
    Signal.Label signal = new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, new Targets.Labels(y));
    GradientSet set = new GradientExtraction(architecture).extract(theta, 0, x, 4, signal);

    for (int l = 0; l < 3; l++) {
      ConvolutionGradients layer = (ConvolutionGradients) set.layers().get(l);
      assertThat(relativeDistance(layer.weights(), golden.array("cnn/dW" + (l + 1))))
          .isLessThan(TOLERANCE);
      assertThat(relativeDistance(layer.biases(), golden.array("cnn/db" + (l + 1))))
          .isLessThan(TOLERANCE);
    }
    DenseFactors dense = (DenseFactors) set.layers().get(3);
    assertThat(relativeDistance(dense.inputs(), golden.array("cnn/a_dense"))).isLessThan(TOLERANCE);
    assertThat(relativeDistance(dense.signals(), golden.array("cnn/g_dense")))
        .isLessThan(TOLERANCE);
  }

  @Test
  void logitsAndSignalMapsOfTheConvolutionalNetworkAgree() {
    LayeredArchitecture architecture =
        LayeredArchitecture.parse(
            "relu:1x28x28:conv16k3s2p0:conv16k3s2p0:conv16k3s2p0:gap:dense10");
    BatchedNetwork network = new BatchedNetwork(architecture, 4);
    float[] outputs =
        network.forward(parameters(architecture, "cnn"), 0, toFloat(golden.array("cnn/X")), 0, 4);
    assertThat(relativeDistance(outputs, golden.array("cnn/logits"))).isLessThan(TOLERANCE);
    network.backward(toFloat(golden.array("cnn/g_dense")));
    for (int l = 0; l < 3; l++) {
      double[] positionMajor = golden.array("cnn/G" + (l + 1));
      float[] signals = new float[positionMajor.length];
      network.copySignals(l, signals, 0);
      int positions = architecture.affineLayers().get(l).output().positions();
      double[] channelMajor = new double[positionMajor.length];
      for (int n = 0; n < 4; n++) {
        for (int t = 0; t < positions; t++) {
          for (int c = 0; c < 16; c++) {
            channelMajor[(n * 16 + c) * positions + t] =
                positionMajor[(n * positions + t) * 16 + c];
          }
        }
      }
      assertThat(relativeDistance(signals, channelMajor)).isLessThan(TOLERANCE);
    }
  }

  private static LayeredArchitecture architecture(String name) {
    return LayeredArchitecture.parse(
        switch (name) {
          case "relu_ce" -> "relu:8:dense16:dense16:dense3";
          case "tanh_ce" -> "tanh:8:dense16:dense16:dense3";
          default -> "sine3:8:dense16:dense16:dense3";
        });
  }

  private Signal.Label signal(String name) {
    if (!name.endsWith("_ce")) {
      Targets values = new Targets.Values(toFloat(golden.array("mlp/y_reg")));
      return new Signal.Label(Loss.SQUARED_ERROR, values);
    }
    int[] labels =
        Arrays.stream(golden.array("mlp/y_class")).mapToInt(label -> (int) label).toArray();
    return new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, new Targets.Labels(labels));
  }

  private float[] parameters(LayeredArchitecture architecture, String name) {
    float[] parameters = new float[architecture.parameterCount()];
    for (AffineLayer layer : architecture.affineLayers()) {
      String suffix = Integer.toString(layer.index() + 1);
      float[] weight = toFloat(golden.array(name + "/theta/W" + suffix));
      float[] bias = toFloat(golden.array(name + "/theta/b" + suffix));
      System.arraycopy(weight, 0, parameters, layer.weightOffset(), weight.length);
      System.arraycopy(bias, 0, parameters, layer.biasOffset(), bias.length);
    }
    return parameters;
  }

  private void assertLayersAgree(LayeredArchitecture architecture, float[] flat, String name) {
    for (AffineLayer layer : architecture.affineLayers()) {
      String suffix = Integer.toString(layer.index() + 1);
      float[] weight = Arrays.copyOfRange(flat, layer.weightOffset(), layer.biasOffset());
      float[] bias = Arrays.copyOfRange(flat, layer.biasOffset(), layer.biasOffset() + layer.out());
      assertThat(relativeDistance(weight, golden.array(name + "/W" + suffix)))
          .isLessThan(TOLERANCE);
      assertThat(relativeDistance(bias, golden.array(name + "/b" + suffix))).isLessThan(TOLERANCE);
    }
  }

  private static float[] features(
      LayeredArchitecture architecture,
      Boundary boundary,
      float[] theta,
      List<DenseFactors> factors) {
    float[] features = new float[32 * NeuronFeatures.neurons(architecture) * 2 + 5];
    NeuronFeatures.write(architecture, boundary, theta, 0, factors, features, 5);
    return Arrays.copyOfRange(features, 5, features.length);
  }

  /** Compares [32, 43, 2] with the layers' arrays, each [32, width]. */
  private static void assertPairs(float[] features, double[][] first, double[][] second) {
    double[] expected = new double[features.length];
    for (int n = 0; n < 32; n++) {
      int at = n * 43 * 2;
      for (int l = 0; l < 4; l++) {
        int width = first[l].length / 32;
        for (int i = 0; i < width; i++) {
          expected[at++] = first[l][n * width + i];
          expected[at++] = second[l][n * width + i];
        }
      }
    }
    assertThat(relativeDistance(features, expected)).isLessThan(TOLERANCE);
  }
}
