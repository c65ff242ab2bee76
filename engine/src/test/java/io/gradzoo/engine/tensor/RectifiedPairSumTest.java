package io.gradzoo.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against loops in double precision that write the formula and its derivative out. */
class RectifiedPairSumTest {
  private static final int MODELS = 2;
  private static final int LINES = 5;
  private static final int WIDTH = 3;
  private static final float FACTOR = 0.25f;

  @ParameterizedTest(name = "rows {1} from {0} with rows {3} from {2}, pair term: {4}")
  @CsvSource({"0, 3, 2, 4, false", "2, 4, 1, 1, true", "5, 1, 0, 6, true", "3, 2, 3, 2, true"})
  void outputsAndGradientsAgreeWithTheFormula(
      int uFrom, int uCount, int vFrom, int vCount, boolean pairTerm) {
    Tape tape =
        new Tape(CpuDevice.best(), Parameters.over(new float[0]), MODELS + 1, Tape.Mode.TRAINING);
    int length = 6;
    Tensor u = tape.differentiableInput(LINES * length, WIDTH);
    Tensor v = tape.differentiableInput(LINES * length, WIDTH);
    Tensor t = tape.differentiableInput(uCount * vCount, WIDTH);
    Band first = new Band(u, length, uFrom, uCount);
    Band second = new Band(v, length, vFrom, vCount);
    Tensor y =
        tape.output(
            pairTerm
                ? tape.rectifiedPairSum(first, second, t, FACTOR)
                : tape.rectifiedPairSum(first, second, FACTOR));
    tape.seal();
    SplittableRandom random = new SplittableRandom(1);
    for (Tensor tensor : new Tensor[] {u, v, t}) {
      fill(random, tensor.values());
    }
    tape.forward(MODELS);
    fill(random, y.gradients());
    tape.backward();

    double[] sums = new double[y.values().length];
    double[] du = new double[u.values().length];
    double[] dv = new double[v.values().length];
    double[] dt = new double[t.values().length];
    for (int m = 0; m < MODELS; m++) {
      for (int pair = 0; pair < uCount * vCount; pair++) {
        for (int i = 0; i < LINES * WIDTH; i++) {
          int line = m * LINES + i / WIDTH;
          int p = (line * length + uFrom + pair / vCount) * WIDTH + i % WIDTH;
          int q = (line * length + vFrom + pair % vCount) * WIDTH + i % WIDTH;
          int at = (m * uCount * vCount + pair) * WIDTH + i % WIDTH;
          double z = (double) u.values()[p] + v.values()[q] + (pairTerm ? t.values()[at] : 0);
          double slope = z > 0 ? FACTOR * y.gradients()[at] : 0;
          sums[at] += FACTOR * Math.max(z, 0);
          du[p] += slope;
          dv[q] += slope;
          dt[at] += pairTerm ? slope : 0;
        }
      }
    }
    assertClose(y.values(), sums);
    assertClose(u.gradients(), du);
    assertClose(v.gradients(), dv);
    assertClose(t.gradients(), dt);
  }

  @Test
  void theTermOfThePairsMayBeAllThatIsDifferentiatedBy() {
    Tape tape = new Tape(CpuDevice.best(), Parameters.over(new float[0]), 1, Tape.Mode.TRAINING);
    Band u = new Band(tape.input(2, 1), 1, 0, 1);
    Tensor t = tape.differentiableInput(1, 1);
    Tensor y = tape.output(tape.rectifiedPairSum(u, u, t, 3f));
    tape.seal();
    t.values()[0] = 1f;
    tape.forward(1);
    y.gradients()[0] = 1f;
    tape.backward();

    assertThat(y.values()).containsExactly(6f);
    assertThat(t.gradients()).containsExactly(6f);
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
