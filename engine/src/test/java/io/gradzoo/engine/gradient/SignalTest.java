package io.gradzoo.engine.gradient;

import static io.gradzoo.engine.network.Vectors.gaussian;
import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static io.gradzoo.engine.network.Vectors.toDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignalTest {
  private static final LayeredArchitecture MLP = LayeredArchitecture.parse("tanh:3:dense4:dense3");
  private static final int SAMPLES = 5;

  @ParameterizedTest
  @EnumSource(Loss.class)
  void squaredGradientsOfSampledLabelsTendToTheTrueFisherDiagonal(Loss loss) {
    float[] parameters = gaussian(MLP.parameterCount(), 0.7, 1);
    float[] inputs = gaussian(SAMPLES * 3, 1, 2);
    GradientExtraction extraction = new GradientExtraction(MLP);
    double[] few = new double[parameters.length];
    double[] many = new double[parameters.length];
    int seeds = 10_000;
    for (int seed = 0; seed < seeds; seed++) {
      Signal signal = new Signal.ModelSampled(loss, seed);
      float[] squares =
          extraction.extract(parameters, 0, inputs, SAMPLES, signal).empiricalFisherDiagonal();
      for (int i = 0; i < squares.length; i++) {
        few[i] += seed < 25 ? squares[i] / 25 : 0;
        many[i] += squares[i] / seeds;
      }
    }
    double[] fisher = toDouble(new TrueFisher(MLP).diagonal(parameters, 0, inputs, SAMPLES, loss));
    assertThat(relativeDistance(many, fisher)).isLessThan(0.02);
    assertThat(relativeDistance(few, fisher)).isBetween(0.02, 0.5);
  }

  @Test
  void aSampledLabelDependsOnTheSeedTheSampleAndTheOutputsAlone() {
    float[] outputs = gaussian(40 * 3, 1, 3);
    Signal signal = new Signal.ModelSampled(Loss.SOFTMAX_CROSS_ENTROPY, 7);
    float[] together = new float[40 * 3];
    float[] alone = new float[3];
    signal.evaluate(0, 40, 3, outputs, new float[40], together);
    for (int n = 0; n < 40; n++) {
      float[] row = {outputs[3 * n], outputs[3 * n + 1], outputs[3 * n + 2]};
      signal.evaluate(n, 1, 3, row, new float[1], alone);
      assertThat(alone).containsExactly(together[3 * n], together[3 * n + 1], together[3 * n + 2]);
    }
    float[] other = new float[40 * 3];
    new Signal.ModelSampled(Loss.SOFTMAX_CROSS_ENTROPY, 8)
        .evaluate(0, 40, 3, outputs, new float[40], other);
    assertThat(other).isNotEqualTo(together);
  }

  @Test
  void theValueIsTheLossAgainstTheSampledLabel() {
    float[] outputs = gaussian(6, 1, 4);
    float[] values = new float[2];
    float[] signals = new float[6];
    new Signal.ModelSampled(Loss.SOFTMAX_CROSS_ENTROPY, 5)
        .evaluate(0, 2, 3, outputs, values, signals);
    for (int n = 0; n < 2; n++) {
      int label = 0;
      double sum = 0;
      for (int k = 0; k < 3; k++) {
        label = signals[3 * n + k] < 0 ? k : label;
        sum += Math.exp(outputs[3 * n + k]);
      }
      assertThat((double) values[n])
          .isCloseTo(Math.log(sum) - outputs[3 * n + label], within(1e-6));
    }
    new Signal.ModelSampled(Loss.SQUARED_ERROR, 5).evaluate(0, 1, 2, outputs, values, signals);
    double squares = (signals[0] * signals[0] + signals[1] * signals[1]) / 4;
    assertThat((double) values[0]).isCloseTo(squares, within(1e-6));
  }

  @Test
  void everySignalHasItsNamesInTables() {
    Signal label = new Signal.Label(Loss.HALF_SQUARED_ERROR, new Targets.Values(new float[3]));
    Signal sampled = new Signal.ModelSampled(Loss.SOFTMAX_CROSS_ENTROPY, 1);

    assertThat(label.kind() + " " + label.loss()).isEqualTo("label half_mse");
    assertThat(sampled.kind() + " " + sampled.loss()).isEqualTo("model_sampled ce");
    assertThat(new Signal.Output(2).kind() + " " + new Signal.Output(2).loss())
        .isEqualTo("output output_2");
    assertThat(new Signal.ModelSampled(Loss.SQUARED_ERROR, 1).loss()).isEqualTo("mse_sum");
  }

  @Test
  void whatDoesNotFitTheNetworkIsRefusedInOneLine() {
    float[] parameters = gaussian(MLP.parameterCount(), 1, 1);
    Signal label = labels(0, 2);
    String place = "gradient set of tanh:3:dense4:dense3: ";

    assertRefused(
        parameters,
        6,
        2,
        labels(0, 3),
        place
            + "expected labels in 0…2, found 3 at"
            + " sample 1 (fix: a probe set with the network's classes)");
    assertRefused(
        parameters,
        6,
        2,
        labels(-1, 0),
        place
            + "expected labels in 0…2, found -1 at"
            + " sample 0 (fix: a probe set with the network's classes)");
    assertRefused(parameters, 6, 2, labels(0, 1, 2), place + "expected 2 targets, found 3");
    assertRefused(
        parameters,
        8,
        2,
        label,
        place
            + "expected a probe set of 2 inputs of 3 (6"
            + " numbers), found 8 numbers (fix: probe images of the network's shape)");
    assertRefused(parameters, 0, 0, label, place + "expected at least one sample, found 0");
    assertRefused(
        parameters, 6, 2, new Signal.Output(3), place + "expected an output in 0…2," + " found 3");
    parameters[17] = Float.NaN;
    assertRefused(
        parameters,
        6,
        2,
        label,
        place + "expected finite parameters, found NaN at 17" + " (layer 1)");
  }

  private static void assertRefused(
      float[] parameters, int inputs, int samples, Signal signal, String message) {
    GradientExtraction extraction = new GradientExtraction(MLP);
    assertThatThrownBy(() -> extraction.extract(parameters, 0, new float[inputs], samples, signal))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static Signal labels(int... labels) {
    return new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, new Targets.Labels(labels));
  }
}
