package io.gradzoo.engine.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.fault.FaultException;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetryDistanceTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "relu:5:dense7:dense6:dense3",
        "tanh:5:dense7:dense6:dense3",
        "sine30:2:dense9:dense9:dense1",
        "relu:1x8x8:conv4k3s2p0:conv5k3s1p0:gap:dense10"
      })
  void aPermutedAndRescaledCopyIsWhereTheNetworkIs(String text) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(text);
    float[] network = random(architecture, 1);
    Symmetry rescaling =
        text.startsWith("relu")
            ? PositiveScaling.random(architecture, 2)
            : SignFlip.random(architecture, 2);
    float[] copy =
        rescaling.apply(
            architecture, NeuronPermutation.random(architecture, 3).apply(architecture, network));

    assertThat(SymmetryDistance.between(architecture, network, copy)).isLessThan(1e-4);
    assertThat(SymmetryDistance.between(architecture, copy, network)).isLessThan(1e-4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void withOneHiddenLayerItIsTheLeastOverAllOrdersAndSigns(long seed) {
    LayeredArchitecture architecture = LayeredArchitecture.parse("tanh:2:dense4:dense2");
    float[] first = random(architecture, seed);
    float[] second = random(architecture, seed + 100);

    double least = Double.POSITIVE_INFINITY;
    for (int[] order : orders(4)) {
      for (int signs = 0; signs < 16; signs++) {
        least = Math.min(least, distance(first, second, order, signs));
      }
    }

    assertThat(SymmetryDistance.between(architecture, first, second))
        .isEqualTo(least, within(1e-6));
  }

  @Test
  void reluNetworksAreComparedWithNeuronsOfLengthOne() {
    LayeredArchitecture architecture = LayeredArchitecture.parse("relu:1:dense1:dense1");
    float[] first = {3, 4, 2, 0}; // 5 · relu(0.6 x + 0.8) · 2
    float[] second = {0, 1, 7, 1}; // relu(1) · 7 + 1

    double expected = Math.sqrt(0.6 * 0.6 + 0.2 * 0.2 + 3 * 3 + 1);

    assertThat(SymmetryDistance.between(architecture, first, second))
        .isEqualTo(expected, within(1e-6));
  }

  @Test
  void networksOfAnotherSizeAreRefused() {
    LayeredArchitecture architecture = LayeredArchitecture.parse("relu:1:dense1:dense1");

    assertThatThrownBy(() -> SymmetryDistance.between(architecture, new float[4], new float[3]))
        .isInstanceOf(FaultException.class)
        .hasMessage(
            "distance up to symmetry: expected 4 parameters of relu:1:dense1:dense1, found 3");
  }

  /** Of a 2-4-2 network, written out: weights [4][2], biases [4], weights [2][4], biases [2]. */
  private static double distance(float[] x, float[] y, int[] order, int signs) {
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      int j = order[i];
      double sign = (signs >> i & 1) == 0 ? 1 : -1;
      sum += square(x[2 * i] - sign * y[2 * j]) + square(x[2 * i + 1] - sign * y[2 * j + 1]);
      sum += square(x[8 + i] - sign * y[8 + j]);
      sum += square(x[12 + i] - sign * y[12 + j]) + square(x[16 + i] - sign * y[16 + j]);
    }
    return Math.sqrt(sum + square(x[20] - y[20]) + square(x[21] - y[21]));
  }

  private static double square(double x) {
    return x * x;
  }

  private static List<int[]> orders(int count) {
    List<int[]> all = new ArrayList<>();
    add(all, new int[count], 0, 0);
    return all;
  }

  private static void add(List<int[]> all, int[] order, int place, int used) {
    if (place == order.length) {
      all.add(order.clone());
      return;
    }
    for (int next = 0; next < order.length; next++) {
      if ((used >> next & 1) == 0) {
        order[place] = next;
        add(all, order, place + 1, used | 1 << next);
      }
    }
  }

  private static float[] random(LayeredArchitecture architecture, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] parameters = new float[architecture.parameterCount()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) random.nextGaussian();
    }
    return parameters;
  }
}
