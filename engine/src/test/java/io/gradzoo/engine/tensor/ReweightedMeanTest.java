package io.gradzoo.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against loops in double precision that write the formula and its derivative out. */
class ReweightedMeanTest {
  private static final int MODELS = 2;
  private static final int LINES = 7;
  private static final int LENGTH = 6;

  @ParameterizedTest(name = "rows {1} from {0} with rows {3} from {2}")
  @CsvSource({"0, 3, 1, 5", "2, 4, 0, 1", "5, 1, 0, 6", "3, 1, 2, 1"})
  void outputsAndGradientsAgreeWithTheFormula(int uFrom, int uCount, int vFrom, int vCount) {
    Tape tape = tape();
    Tensor c = tape.differentiableInput(LINES, 1);
    Tensor u = tape.input(LINES * LENGTH, 1);
    Tensor v = tape.input(LINES * LENGTH, 1);
    Band upper = new Band(u, LENGTH, uFrom, uCount);
    Band lower = new Band(v, LENGTH, vFrom, vCount);
    Tensor y = tape.output(tape.reweightedMean(c, upper, lower));
    Tensor again = tape.output(tape.reweightedMean(c, upper, lower));
    tape.seal();
    SplittableRandom random = new SplittableRandom(1);
    for (Tensor tensor : new Tensor[] {c, u, v}) {
      fill(random, tensor.values());
    }
    tape.forward(MODELS);
    fill(random, y.gradients());
    fill(random, again.gradients());
    tape.backward();

    double[] sums = new double[y.values().length];
    double[] dc = new double[c.values().length];
    for (int m = 0; m < MODELS; m++) {
      double mean = 0;
      for (int i = 0; i < LINES; i++) {
        mean += (double) c.values()[m * LINES + i] / LINES;
      }
      for (int i = 0; i < LINES; i++) {
        double weight = (1 + c.values()[m * LINES + i] - mean) / LINES;
        for (int pair = 0; pair < uCount * vCount; pair++) {
          int at = m * uCount * vCount + pair;
          int p = (m * LINES + i) * LENGTH + uFrom + pair / vCount;
          int q = (m * LINES + i) * LENGTH + vFrom + pair % vCount;
          double product = (double) u.values()[p] * v.values()[q];
          double slope = (double) y.gradients()[at] + again.gradients()[at];
          sums[at] += weight * product;
          for (int j = 0; j < LINES; j++) {
            double share = (i == j ? 1.0 : 0.0) - 1.0 / LINES;
            dc[m * LINES + j] += slope * product * share / LINES;
          }
        }
      }
    }
    assertClose(y.values(), sums);
    assertClose(c.gradients(), dc);
  }

  @Test
  void whatIsAveragedCannotBeDifferentiatedBy() {
    Tape tape = tape();
    Tensor c = tape.differentiableInput(LINES, 1);
    Band u = new Band(tape.differentiableInput(LINES * LENGTH, 1), LENGTH, 0, 2);
    Band v = new Band(tape.input(LINES * LENGTH, 1), LENGTH, 0, 2);
    assertThatThrownBy(() -> tape.reweightedMean(c, u, v))
        .hasMessageContaining("differentiated by its scores alone");
  }

  private static Tape tape() {
    return new Tape(
        CpuDevice.best(), Parameters.over(new float[0]), MODELS + 1, Tape.Mode.TRAINING);
  }

  private static void fill(SplittableRandom random, float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
  }

  private static void assertClose(float[] actual, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).as("number %d", i).isCloseTo(expected[i], within(5e-6));
    }
  }
}
