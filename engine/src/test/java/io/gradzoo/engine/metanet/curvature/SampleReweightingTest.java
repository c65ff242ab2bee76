package io.gradzoo.engine.metanet.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.gradient.Boundary;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.symmetry.NeuronPermutation;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleReweightingTest {
  private static final LayeredArchitecture SIREN =
      LayeredArchitecture.parse("sine1:1:dense6:dense5:dense1");
  private static final int SET = 24;

  @Test
  void theMeanOfSquaredGradientsIsTheEmpiricalFisherDiagonal() {
    Case one = new Case(1);
    assertClose(
        SquaredGradients.mean(SIREN, one.features()),
        one.gradients(SET, 2).empiricalFisherDiagonal());
  }

  @Test
  void weightsAddUpToOne() {
    double[] weights = fitted().weights(SIREN, new Case(400).features());
    assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-12));
    assertThat(Arrays.stream(weights).max().orElseThrow()).isGreaterThan(1.2 / SET);
  }

  @Test
  void theOrderOfTheSamplesDoesNotMatter() {
    float[] features = new Case(400).features();
    float[] turned = features.clone();
    int half = features.length / 2;
    System.arraycopy(features, 0, turned, half, half);
    System.arraycopy(features, half, turned, 0, half);
    SampleReweighting reweighting = fitted();
    assertClose(reweighting.estimate(SIREN, turned), reweighting.estimate(SIREN, features));
  }

  @Test
  void permutingHiddenNeuronsPermutesTheEstimate() {
    Case one = new Case(400);
    NeuronPermutation permutation = NeuronPermutation.random(SIREN, 3);
    Case other = new Case(one.seed, permutation.apply(SIREN, one.parameters));
    SampleReweighting reweighting = fitted();
    assertClose(
        reweighting.estimate(SIREN, other.features()),
        permutation.apply(SIREN, reweighting.estimate(SIREN, one.features())));
  }

  /** By more than chance: its gain on a network is more than three standard errors above none. */
  @Test
  void itBeatsTheStandardEstimatorOnNetworksItWasNotFittedOn() {
    SampleReweighting reweighting = fitted();
    int networks = 400;
    double gain = 0;
    double squares = 0;
    for (int seed = 1000; seed < 1000 + networks; seed++) {
      Case one = new Case(seed);
      double[] target = one.target();
      float[] features = one.features();
      double own = relativeError(reweighting.estimate(SIREN, features), target);
      double other = relativeError(SquaredGradients.mean(SIREN, features), target);
      gain += (other - own) / networks;
      squares += (other - own) * (other - own) / networks;
    }
    double standardError = Math.sqrt((squares - gain * gain) / (networks - 1));
    assertThat(gain).isGreaterThan(3 * standardError);
  }

  @Test
  void anOverwhelmingPenaltyLeavesTheStandardEstimator() {
    float[] features = new Case(400).features();
    assertClose(
        fit().solve(1e12).estimate(SIREN, features), SquaredGradients.mean(SIREN, features));
  }

  @Test
  void networksOfManyInputsAreRefused() {
    LayeredArchitecture wide = LayeredArchitecture.parse("sine1:64:dense6:dense1");
    assertThatThrownBy(() -> new SampleReweighting.Fit(wide))
        .hasMessage("sample reweighting: expected networks of at most 4 inputs, found 64");
  }

  private static SampleReweighting fitted() {
    return fit().solve(1e-3);
  }

  private static SampleReweighting.Fit fit() {
    SampleReweighting.Fit fit = new SampleReweighting.Fit(SIREN);
    for (int seed = 0; seed < 200; seed++) {
      Case one = new Case(seed);
      fit.add(SIREN, one.features(), one.target());
    }
    return fit;
  }

  private static double relativeError(float[] estimate, double[] truth) {
    double error = 0;
    double size = 0;
    for (int i = 0; i < truth.length; i++) {
      error += Math.pow(estimate[i] - truth[i], 2);
      size += Math.pow(truth[i], 2);
    }
    return error / size;
  }

  private static void assertClose(float[] actual, float[] expected) {
    double size = 0;
    for (float value : expected) {
      size = Math.max(size, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-5 * size));
    }
  }

  /** A random network and points of a law of its own. */
  private static final class Case {
    final int seed;
    final float[] parameters;

    Case(int seed) {
      this(seed, drawn(seed));
    }

    Case(int seed, float[] parameters) {
      this.seed = seed;
      this.parameters = parameters;
    }

    private static float[] drawn(int seed) {
      SplittableRandom random = new SplittableRandom(seed);
      float[] parameters = new float[SIREN.parameterCount()];
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] = (float) random.nextGaussian();
      }
      return parameters;
    }

    GradientSet gradients(int samples, int stream) {
      double share = new SplittableRandom(seed).split().nextDouble();
      SplittableRandom random = new SplittableRandom(31L * seed + stream);
      float[] inputs = new float[samples];
      for (int n = 0; n < samples; n++) {
        double size = random.nextDouble();
        inputs[n] = (float) (random.nextDouble() < share ? size : -size);
      }
      return new GradientExtraction(SIREN)
          .extract(parameters, 0, inputs, samples, new Signal.Output(0));
    }

    float[] features() {
      List<DenseFactors> factors =
          gradients(SET, 2).layers().stream().map(layer -> (DenseFactors) layer).toList();
      float[] features = new float[SET * NeuronFeatures.neurons(SIREN) * 2];
      NeuronFeatures.write(SIREN, Boundary.DUPLICATE, parameters, 0, factors, features, 0);
      return features;
    }

    double[] target() {
      float[] diagonal = gradients(8 * SET, 5).empiricalFisherDiagonal();
      return IntStream.range(0, diagonal.length).mapToDouble(i -> diagonal[i]).toArray();
    }
  }
}
