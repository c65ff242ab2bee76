package io.gradzoo.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Attention against its formulas in double precision, and its adjoint against differences of them.
 */
class AttentionTest {
  private static final int MODELS = 2;
  private static final double STEP = 1e-5;

  private final ParameterLayout layout = new ParameterLayout();
  private AttentionParameters of;
  private int first;
  private int second;
  private GridAxis axis;
  private double[] parameters;
  private double[] x;

  private void sizes(int newFirst, int newSecond, GridAxis newAxis, int in, int out, int heads) {
    of =
        new AttentionParameters(
            layout.add("Q", Initialization.linear(in), heads, in, in),
            layout.add("K", Initialization.linear(in), heads, in, in),
            layout.add("V", Initialization.linear(in), heads, in, in),
            layout.add("O", Initialization.linear(heads * in), out, heads * in));
    first = newFirst;
    second = newSecond;
    axis = newAxis;
    SplittableRandom random = new SplittableRandom(5);
    parameters = normal(random, layout.size());
    x = normal(random, MODELS * first * second * in);
  }

  /** Numbers that single precision holds exactly. */
  private static double[] normal(SplittableRandom random, int n) {
    return IntStream.range(0, n).mapToDouble(i -> (float) (0.7 * random.nextGaussian())).toArray();
  }

  @ParameterizedTest(name = "{0} x {1} over {2}, {3} -> {4}, {5} heads")
  @CsvSource({
    "1, 1, FIRST, 3, 2, 1",
    "7, 3, FIRST, 5, 5, 3",
    "3, 7, SECOND, 5, 4, 2",
    "53, 2, FIRST, 3, 4, 3",
    "2, 131, SECOND, 4, 3, 2",
    "16, 2, FIRST, 16, 16, 4",
    "64, 1, FIRST, 2, 3, 2",
    "66, 2, FIRST, 5, 3, 4",
    "2, 67, SECOND, 17, 4, 1",
    "128, 1, FIRST, 4, 4, 3",
    "1, 150, SECOND, 3, 2, 1"
  })
  void outputsAndGradientsAgreeWithTheFormulas(
      int newFirst, int newSecond, GridAxis newAxis, int in, int out, int heads) {
    sizes(newFirst, newSecond, newAxis, in, out, heads);
    double[] expected = reference();
    double[] byParameters = differences(parameters);
    double[] byInput = differences(x);
    for (Kernels kernels : new Kernels[] {CpuKernels.best(), CpuKernels.scalar()}) {
      Run run = new Run(kernels, Tape.Mode.TRAINING);
      assertThat(relative(run.y.values(), expected)).isLessThan(2e-6);
      run.backward();
      assertThat(relative(sample(run.parameters.gradients()), byParameters))
          .as("gradient of the parameters")
          .isLessThan(2e-5);
      assertThat(relative(sample(run.x.gradients()), byInput))
          .as("gradient of the input")
          .isLessThan(2e-5);
    }
  }

  @Test
  void inferenceGivesTheBitsOfTraining() {
    sizes(33, 3, GridAxis.FIRST, 6, 4, 3);
    Run training = new Run(CpuKernels.best(), Tape.Mode.TRAINING);
    Run inference = new Run(CpuKernels.best(), Tape.Mode.INFERENCE);
    assertThat(inference.y.values()).isEqualTo(training.y.values());
  }

  @Test
  void changedParametersAreSeen() {
    sizes(5, 3, GridAxis.FIRST, 4, 4, 2);
    Run run = new Run(CpuKernels.best(), Tape.Mode.INFERENCE);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] *= 1.5f;
      run.parameters.values()[i] *= 1.5f;
    }
    run.parameters.changed();
    run.tape.forward(MODELS);
    assertThat(relative(run.y.values(), reference())).isLessThan(2e-6);
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    sizes(5, 3, GridAxis.FIRST, 4, 4, 2);
    assertThatThrownBy(
            () -> new AttentionParameters(of.query(), of.key(), of.output(), of.output()))
        .hasMessageContaining("expected three parameters [heads, in, in]");
    Tape tape = new Tape(CpuDevice.best(), Parameters.over(new float[0]), 1, Tape.Mode.INFERENCE);
    assertThatThrownBy(() -> tape.attention(tape.input(6, 5), 2, GridAxis.FIRST, of))
        .hasMessage("attention on rows of 4 was given rows of 5");
  }

  /** The loss is Σ c·y with fixed c. */
  private static double coefficient(int i) {
    return Math.sin(1 + 3.7 * i);
  }

  private double[] reference() {
    ReferenceAttention attention = new ReferenceAttention(of, parameters);
    double[] y = new double[MODELS * first * second * of.out()];
    int lines = axis == GridAxis.FIRST ? second : first;
    int length = axis == GridAxis.FIRST ? first : second;
    for (int m = 0; m < MODELS; m++) {
      for (int line = 0; line < lines; line++) {
        int start = m * first * second + line * (axis == GridAxis.FIRST ? 1 : second);
        int step = axis == GridAxis.FIRST ? second : 1;
        attention.attend(x, IntStream.range(0, length).map(i -> start + i * step).toArray(), y);
      }
    }
    return y;
  }

  /** Some forty entries of a gradient. */
  private static float[] sample(float[] gradient) {
    int stride = stride(gradient.length);
    float[] some = new float[(gradient.length + stride - 1) / stride];
    for (int i = 0; i < some.length; i++) {
      some[i] = gradient[i * stride];
    }
    return some;
  }

  /** The same entries by central differences of the reference. */
  private double[] differences(double[] at) {
    int stride = stride(at.length);
    return IntStream.range(0, (at.length + stride - 1) / stride)
        .mapToDouble(i -> difference(at, i * stride))
        .toArray();
  }

  private static int stride(int length) {
    return Math.max(1, length / 40);
  }

  private double difference(double[] at, int i) {
    double old = at[i];
    at[i] = old + STEP;
    double above = loss();
    at[i] = old - STEP;
    double below = loss();
    at[i] = old;
    return (above - below) / (2 * STEP);
  }

  private double loss() {
    double[] y = reference();
    return IntStream.range(0, y.length).mapToDouble(i -> coefficient(i) * y[i]).sum();
  }

  private static double relative(float[] actual, double[] expected) {
    assertThat(actual).hasSize(expected.length);
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      norm += expected[i] * expected[i];
    }
    return Math.sqrt(difference / norm);
  }

  /** The operation on a tape, run forward. */
  private final class Run {
    final Parameters parameters;
    final Tape tape;
    final Tensor x;
    final Tensor y;

    Run(Kernels kernels, Tape.Mode mode) {
      parameters = Parameters.over(floats(AttentionTest.this.parameters));
      tape = new Tape(new CpuDevice(kernels), parameters, MODELS, mode);
      x = tape.differentiableInput(first * second, of.in());
      y = tape.output(tape.attention(x, first, axis, of));
      tape.seal();
      float[] values = floats(AttentionTest.this.x);
      System.arraycopy(values, 0, x.values(), 0, values.length);
      tape.forward(MODELS);
    }

    void backward() {
      for (int i = 0; i < y.gradients().length; i++) {
        y.gradients()[i] = (float) coefficient(i);
      }
      tape.backward();
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    assertThat(Arrays.stream(values).allMatch(v -> (float) v == v)).isTrue();
    return floats;
  }
}
