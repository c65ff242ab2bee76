package io.gradzoo.engine.gradient;

import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static io.gradzoo.engine.network.Vectors.toDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.ReferenceNetwork;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.engine.network.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientSetTest {
  /** More than are taken at a time, of either family. */
  private static final int SAMPLES = 67;

  private static final String CNN = "tanh:2x5x5:conv3k3s1p1:conv2k2s2p0:dense3";
  private static final String MLP = "relu:4:dense6:dense5:dense3";

  @ParameterizedTest
  @ValueSource(strings = {CNN, MLP})
  void everySampleGradientAndEveryStatisticFollowsFromGradientsTakenOneAtATime(String id) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(id);
    GradientSet set = set(architecture);
    double[][] gradients = oneAtATime(architecture);

    double[] mean = new double[architecture.parameterCount()];
    double[] squares = new double[architecture.parameterCount()];
    double[] norms = new double[SAMPLES];
    double[] gram = new double[SAMPLES * SAMPLES];
    for (int n = 0; n < SAMPLES; n++) {
      assertThat(relativeDistance(set.sampleGradient(n), gradients[n])).isLessThan(1e-5);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += gradients[n][i] / SAMPLES;
        squares[i] += gradients[n][i] * gradients[n][i] / SAMPLES;
        norms[n] += gradients[n][i] * gradients[n][i];
      }
      for (int m = 0; m < SAMPLES; m++) {
        for (int i = 0; i < mean.length; i++) {
          gram[n * SAMPLES + m] += gradients[n][i] * gradients[m][i];
        }
      }
    }
    double trace = 0;
    for (double square : squares) {
      trace += square;
    }
    assertThat(relativeDistance(set.meanGradient(), mean)).isLessThan(1e-5);
    assertThat(relativeDistance(set.empiricalFisherDiagonal(), squares)).isLessThan(1e-5);
    assertThat(relativeDistance(set.squaredNorms(), norms)).isLessThan(1e-5);
    assertThat(relativeDistance(set.gram(), gram)).isLessThan(1e-5);
    assertThat(set.trace() / trace).isBetween(1 - 1e-5, 1 + 1e-5);
    assertThat(set.moments().stream().mapToDouble(LayerMoments::trace).sum() / trace)
        .isBetween(1 - 1e-5, 1 + 1e-5);
    assertThat(set.discrepancy()).isLessThan(1e-5);
  }

  @ParameterizedTest
  @ValueSource(strings = {CNN, MLP})
  void theTrueFisherOfHalfSquaredErrorIsTheSumOfTheOutputsGradientSets(String id) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(id);
    float[] parameters = parameters(architecture);
    float[] inputs = inputs(architecture);
    GradientExtraction extraction = new GradientExtraction(architecture);
    double[] expected = new double[parameters.length];
    for (int k = 0; k < 3; k++) {
      GradientSet set = extraction.extract(parameters, 0, inputs, SAMPLES, new Signal.Output(k));
      double[] diagonal = toDouble(set.empiricalFisherDiagonal());
      for (int i = 0; i < expected.length; i++) {
        expected[i] += diagonal[i];
      }
    }
    float[] diagonal =
        new TrueFisher(architecture)
            .diagonal(parameters, 0, inputs, SAMPLES, Loss.HALF_SQUARED_ERROR);
    assertThat(relativeDistance(diagonal, expected)).isLessThan(1e-6);
  }

  @Test
  void outputSignalsDifferentiateTheOutputItself() {
    LayeredArchitecture architecture = LayeredArchitecture.parse("sine2:3:dense5:dense2");
    float[] parameters = parameters(architecture);
    float[] inputs = inputs(architecture);
    GradientSet set =
        new GradientExtraction(architecture)
            .extract(parameters, 0, inputs, SAMPLES, new Signal.Output(1));

    double[] theta = toDouble(parameters);
    ReferenceNetwork reference = new ReferenceNetwork(architecture);
    double[] x = toDouble(inputs, 3 * 36, 3);
    double[] expected = new double[theta.length];
    for (int i = 0; i < theta.length; i++) {
      double old = theta[i];
      theta[i] = old + 1e-5;
      expected[i] = reference.outputs(theta, x)[1];
      theta[i] = old - 1e-5;
      expected[i] = (expected[i] - reference.outputs(theta, x)[1]) / 2e-5;
      theta[i] = old;
    }
    assertThat(relativeDistance(set.sampleGradient(36), expected)).isLessThan(1e-5);
    assertThat((double) set.values()[36] / reference.outputs(theta, x)[1])
        .isBetween(1 - 1e-5, 1 + 1e-5);
  }

  @Test
  void kfacFactorsAreTheMeanOuterProducts() {
    LayeredArchitecture architecture = LayeredArchitecture.parse(MLP);
    DenseFactors factors = (DenseFactors) set(architecture).layers().get(1);
    double[] a = new double[36];
    double[] g = new double[25];
    for (int n = 0; n < SAMPLES; n++) {
      for (int i = 0; i < 36; i++) {
        a[i] +=
            (double) factors.inputs()[n * 6 + i / 6] * factors.inputs()[n * 6 + i % 6] / SAMPLES;
      }
      for (int i = 0; i < 25; i++) {
        g[i] +=
            (double) factors.signals()[n * 5 + i / 5] * factors.signals()[n * 5 + i % 5] / SAMPLES;
      }
    }
    assertThat(relativeDistance(factors.inputCovariance(), a)).isLessThan(1e-6);
    assertThat(relativeDistance(factors.signalCovariance(), g)).isLessThan(1e-6);
  }

  @Test
  void equalMeanGradientsCanHaveDifferentFisherDiagonals() {
    LayeredArchitecture linear = LayeredArchitecture.parse("relu:3:dense1");
    Signal.Label signal =
        new Signal.Label(Loss.HALF_SQUARED_ERROR, new Targets.Values(new float[] {1f, -1f}));
    GradientExtraction extraction = new GradientExtraction(linear);
    float[] once = {1, 2, -1, 1, 2, -1};
    float[] twice = {2, 4, -2, 2, 4, -2};
    GradientSet first = extraction.extract(new float[4], 0, once, 2, signal);
    GradientSet second = extraction.extract(new float[4], 0, twice, 2, signal);

    assertThat(first.meanGradient()).isEqualTo(second.meanGradient()).containsOnly(0f);
    assertThat(first.empiricalFisherDiagonal()).containsExactly(1, 4, 1, 1);
    assertThat(second.empiricalFisherDiagonal()).containsExactly(4, 16, 4, 1);
  }

  /** The batch gradient is computed apart, with other roundings: it agrees, but not to the bit. */
  @Test
  void theDiscrepancyIsTheLargestDifferenceInRootMeanSquares() {
    assertThat(set(LayeredArchitecture.parse(MLP)).discrepancy()).isBetween(1e-12, 1e-5);
    float[] mean = {1, 2, 3};
    float[] meanSquare = {4, 16, 9};
    float[] batch = {9, 1, 2.5f, 3};
    BatchDifference difference = new BatchDifference(1);
    BatchDifference none = new BatchDifference(1);
    BatchDifference ofNothing = new BatchDifference(1);
    for (int i = 0; i < mean.length; i++) {
      difference.add(mean[i], meanSquare[i], batch[i + 1]);
      none.add(mean[i], meanSquare[i], mean[i]);
      ofNothing.add(0, 0, 0);
    }
    assertThat(difference.relative()).isEqualTo(0.5 / 4);
    assertThat(none.relative()).isZero();
    assertThat(ofNothing.relative()).isZero();
  }

  @Test
  void aNetworkIsTheSameWhereverItLiesInALongerVector() {
    LayeredArchitecture architecture = LayeredArchitecture.parse(MLP);
    float[] parameters = parameters(architecture);
    float[] longer = Vectors.gaussian(parameters.length + 12, 0.5, 9);
    System.arraycopy(parameters, 0, longer, 7, parameters.length);
    float[] inputs = inputs(architecture);
    Signal signal = new Signal.Output(1);
    GradientExtraction extraction = new GradientExtraction(architecture);

    GradientSet set = extraction.extract(parameters, 0, inputs, SAMPLES, signal);
    GradientSet moved = extraction.extract(longer, 7, inputs, SAMPLES, signal);

    assertThat(moved.values()).isEqualTo(set.values());
    assertThat(moved.empiricalFisherDiagonal()).isEqualTo(set.empiricalFisherDiagonal());
    assertThat(features(moved, longer, 7)).isEqualTo(features(set, parameters, 0));
  }

  @Test
  void whatDoesNotFitIsRefusedWithAndWithoutMoments() {
    LayeredArchitecture architecture = LayeredArchitecture.parse(MLP);
    float[] longer = new float[architecture.parameterCount() + 7];
    Signal signal = new Signal.Output(1);
    GradientExtraction extraction = new GradientExtraction(architecture);
    SampleGradients two = extraction.allocate(2);
    for (int i : new int[] {7, longer.length - 1}) {
      longer[i] = Float.NaN;
      int layer = i == 7 ? 0 : 2;
      String words = "finite parameters, found NaN at " + (i - 7) + " (layer " + layer + ")";
      assertThatThrownBy(() -> extraction.extract(longer, 7, new float[8], 2, signal))
          .hasMessageContaining(words);
      assertThatThrownBy(() -> extraction.extract(longer, 7, new float[8], signal, two))
          .hasMessageContaining(words);
      longer[i] = 0;
    }
    longer[6] = Float.NaN;
    extraction.extract(longer, 7, new float[8], signal, two);
    assertThatThrownBy(() -> extraction.extract(longer, 7, new float[9], signal, two))
        .hasMessageContaining("a probe set of 2 inputs of ")
        .hasMessageContaining("(8 numbers), found 9 numbers");
  }

  private static float[] features(GradientSet set, float[] parameters, int offset) {
    List<DenseFactors> factors = set.layers().stream().map(layer -> (DenseFactors) layer).toList();
    float[] features = new float[SAMPLES * NeuronFeatures.neurons(set.architecture()) * 2];
    NeuronFeatures.write(
        set.architecture(), Boundary.FULL, parameters, offset, factors, features, 0);
    return features;
  }

  @Test
  void factorsOfTheWrongSizeAreRefused() {
    LayeredArchitecture architecture = LayeredArchitecture.parse(MLP);
    assertThatThrownBy(
            () -> new DenseFactors(architecture.affineLayers().get(0), new float[8], new float[11]))
        .hasMessage(
            "factors of layer 0: expected samples of 4 inputs and 6 signals, found 8 and 11"
                + " numbers");
    assertThatThrownBy(() -> NeuronFeatures.neurons(LayeredArchitecture.parse(CNN)))
        .hasMessage(
            "neuron features: network "
                + CNN
                + ": expected dense layers only, found convolutions (fix: members = mlp, or a kind"
                + " that reads convolutions)");
  }

  private static GradientSet set(LayeredArchitecture architecture) {
    return new GradientExtraction(architecture)
        .extract(
            parameters(architecture),
            0,
            inputs(architecture),
            SAMPLES,
            new Signal.Label(
                Loss.SOFTMAX_CROSS_ENTROPY, new Targets.Labels(Vectors.labels(SAMPLES, 3, 3))));
  }

  private static double[][] oneAtATime(LayeredArchitecture architecture) {
    int[] labels = Vectors.labels(SAMPLES, 3, 3);
    double[][] gradients = new double[SAMPLES][];
    for (int n = 0; n < SAMPLES; n++) {
      int size = architecture.input().size();
      gradients[n] =
          new ReferenceNetwork(architecture)
              .parameterGradient(
                  Loss.SOFTMAX_CROSS_ENTROPY,
                  toDouble(parameters(architecture)),
                  toDouble(inputs(architecture), n * size, size),
                  labels[n],
                  null);
    }
    return gradients;
  }

  private static float[] parameters(LayeredArchitecture architecture) {
    return Vectors.gaussian(architecture.parameterCount(), 0.5, 1);
  }

  private static float[] inputs(LayeredArchitecture architecture) {
    return Vectors.gaussian(SAMPLES * architecture.input().size(), 1, 2);
  }
}
