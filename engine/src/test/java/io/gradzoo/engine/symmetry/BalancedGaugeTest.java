package io.gradzoo.engine.symmetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.BatchedNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Vectors;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BalancedGaugeTest {
  private static final String MLP = "relu:3:dense4:dense3:dense2";
  private static final String CNN = "relu:1x5x5:conv3k3s1p0:conv2k2s1p0:gap:dense2";

  /** {@code balanced.txt} is what {@code balanced.py} beside it computed. */
  @Test
  void numpyComputesTheSameNetworksAndSizes() throws IOException {
    List<String> lines = lines();

    assertThat(lines).hasSize(8);
    for (int at = 0; at < lines.size(); at += 4) {
      LayeredArchitecture architecture = LayeredArchitecture.parse(lines.get(at));
      float[] network = numbers(lines.get(at + 1));
      BalancedGauge gauge = BalancedGauge.of(architecture, network);
      requireClose(canonical(gauge, network), numbers(lines.get(at + 2)));
      requireClose(sizes(architecture, gauge), numbers(lines.get(at + 3)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {MLP, CNN})
  void allThatRescalingsLeadToHaveOneNetworkOfTheSameFunction(String text) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(text);
    float[] network = Vectors.gaussian(architecture.parameterCount(), 0.5, 3);
    float[] canonical = canonical(BalancedGauge.of(architecture, network), network);
    float[] image = Vectors.gaussian(architecture.input().size(), 1, 4);

    assertThat(Vectors.relativeDistance(canonical, network)).isGreaterThan(0.05);
    assertThat(
            Vectors.relativeDistance(
                outputs(architecture, canonical, image), outputs(architecture, network, image)))
        .isLessThan(1e-5);
    for (int seed = 0; seed < 50; seed++) {
      float[] moved = PositiveScaling.random(architecture, seed).apply(architecture, network);
      float[] ofMoved = canonical(BalancedGauge.of(architecture, moved), moved);
      assertThat(Vectors.relativeDistance(ofMoved, canonical)).isLessThan(1e-6);
    }
  }

  @Test
  void aNeuronThatNothingReachesOrLeavesIsNotChanged() {
    LayeredArchitecture architecture = LayeredArchitecture.parse(MLP);
    float[] network = Vectors.gaussian(architecture.parameterCount(), 0.5, 3);
    AffineLayer first = architecture.affineLayers().get(0);
    AffineLayer second = architecture.affineLayers().get(1);
    for (int i = 0; i < first.in(); i++) {
      network[first.weightOffset() + i] = 0;
    }
    network[first.biasOffset()] = 0;
    for (int o = 0; o < second.out(); o++) {
      network[second.weightOffset() + o * second.in() + 1] = 1e-30f;
    }
    BalancedGauge gauge = BalancedGauge.of(architecture, network);

    assertThat(canonical(gauge, network)).doesNotContain(Float.NaN, Float.POSITIVE_INFINITY);
    assertThat(gauge.asTarget(1, 0)).isZero();
    assertThat(gauge.asSource(1, 0)).isZero();
    assertThat(gauge.asTarget(1, 1)).isLessThan(1e-20);
    assertThat(gauge.asSource(1, 1)).isLessThan(1e-20);
    assertThat(gauge.asTarget(1, 2)).isGreaterThan(0.1);
  }

  @Test
  void aNetworkOfZerosStaysOne() {
    LayeredArchitecture architecture = LayeredArchitecture.parse(CNN);
    float[] network = new float[architecture.parameterCount()];
    BalancedGauge gauge = BalancedGauge.of(architecture, network);

    assertThat(canonical(gauge, network)).containsOnly(0f);
    assertThat(gauge.asSource(1, 0)).isZero();
  }

  private static float[] canonical(BalancedGauge gauge, float[] network) {
    float[] canonical = new float[network.length];
    gauge.canonical(network, canonical);
    return canonical;
  }

  /** Size of a change of each parameter. */
  private static float[] sizes(LayeredArchitecture architecture, BalancedGauge gauge) {
    float[] sizes = new float[architecture.parameterCount()];
    for (AffineLayer layer : architecture.affineLayers()) {
      for (int o = 0; o < layer.out(); o++) {
        double target = gauge.asTarget(layer.index() + 1, o);
        sizes[layer.biasOffset() + o] = (float) target;
        for (int k = 0; k < layer.fanIn(); k++) {
          int source = k / (layer.kernel() * layer.kernel());
          sizes[layer.weightOffset() + o * layer.fanIn() + k] =
              (float) (target * gauge.asSource(layer.index(), source));
        }
      }
    }
    return sizes;
  }

  private static void requireClose(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i])
          .isCloseTo(expected[i], within(1e-6f * Math.max(1e-6f, Math.abs(expected[i]))));
    }
  }

  private static float[] outputs(LayeredArchitecture architecture, float[] network, float[] image) {
    return new BatchedNetwork(architecture, 1).forward(network, 0, image, 0, 1).clone();
  }

  private static List<String> lines() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                BalancedGaugeTest.class.getResourceAsStream("/gauge/balanced.txt"), UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static float[] numbers(String line) {
    String[] words = line.split(" ", -1);
    float[] numbers = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      numbers[i] = Float.parseFloat(words[i]);
    }
    return numbers;
  }
}
