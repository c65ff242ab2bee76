package io.gradzoo.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Smooth activations against {@link StrictMath}, over all float32 numbers. */
class ActivationKernelsTest {
  private static final int LENGTH = 64;

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void tanhIsAccurateOverTheWholeRange(Kernels kernels) {
    assertAccurate(
        (x, y) -> kernels.tanh(x, 0, y, 0, LENGTH), StrictMath::tanh, 4e-7, Float.MIN_VALUE);
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void sineIsAccurateOverTheWholeRange(Kernels kernels) {
    assertAccurate(
        (x, y) -> kernels.sine(30f, x, 0, y, 0, LENGTH), x -> StrictMath.sin(30 * x), 0, 2.5e-7);
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void slopeOfSineIsAccurateOverTheWholeRange(Kernels kernels) {
    float[] signals = new float[LENGTH];
    Arrays.fill(signals, 1f / 32);
    assertAccurate(
        (x, dx) -> kernels.gateBySine(32f, x, 0, signals, 0, dx, 0, LENGTH),
        x -> StrictMath.cos(32 * x),
        0,
        2.5e-7);
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void siluIsAccurateOverTheWholeRange(Kernels kernels) {
    assertAccurate(
        (x, y) -> kernels.silu(x, 0, y, 0, LENGTH), x -> x / (1 + StrictMath.exp(-x)), 4e-7, 1e-35);
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void siluAdjointIsTheSlopeOverTheWholeRange(Kernels kernels) {
    float[] ones = new float[LENGTH];
    Arrays.fill(ones, 1f);
    assertAccurate(
        (x, dx) -> {
          Arrays.fill(dx, 0f);
          kernels.siluAdjoint(x, 0, ones, 0, dx, 0, LENGTH);
        },
        x -> {
          double s = 1 / (1 + StrictMath.exp(-x));
          return s * (1 + x / (1 + StrictMath.exp(x)));
        },
        1e-6,
        2e-7);
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void specialValuesComeOutAsLimits(Kernels kernels) {
    float[] x = new float[LENGTH];
    float[] y = new float[LENGTH];
    float[] special = {0f, -0f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN};
    System.arraycopy(special, 0, x, 0, special.length);
    x[special.length] = Float.intBitsToFloat(0x7f800001);
    x[special.length + 1] = Float.intBitsToFloat(0xffc12345);

    kernels.tanh(x, 0, y, 0, LENGTH);
    assertThat(y).startsWith(0f, -0f, 1f, -1f, Float.NaN, Float.NaN, Float.NaN, 0f);
    kernels.sine(1f, x, 0, y, 0, LENGTH);
    assertThat(new float[] {y[2], y[3], y[4], y[5], y[6]}).containsOnly(Float.NaN);
    kernels.silu(x, 0, y, 0, LENGTH);
    assertThat(y).startsWith(0f, -0f, Float.POSITIVE_INFINITY);
    assertThat(new float[] {y[4], y[5], y[6]}).containsOnly(Float.NaN);
    kernels.relu(x, 0, y, 0, LENGTH);
    assertThat(y).startsWith(0f, 0f, Float.POSITIVE_INFINITY, 0f, Float.NaN, Float.NaN, Float.NaN);
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void valueDoesNotDependOnThePositionInTheArray(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(4);
    for (int n : Shapes.WIDTHS) {
      Placed x = Placed.row(random, n);
      Placed y = Placed.empty(1, n, 0);
      kernels.silu(x.array(), x.offset(), y.array(), y.offset(), n);
      Placed z = Placed.empty(1, n, 0);
      kernels.tanh(x.array(), x.offset(), z.array(), z.offset(), n);
      Placed sine = Placed.empty(1, n, 0);
      kernels.sine(3f, x.array(), x.offset(), sine.array(), sine.offset(), n);
      Placed slope = Placed.empty(1, n, 0);
      kernels.gateBySine(
          3f, x.array(), x.offset(), y.array(), y.offset(), slope.array(), slope.offset(), n);
      float[] one = new float[1];
      for (int i = 0; i < n; i++) {
        kernels.silu(x.array(), x.offset() + i, one, 0, 1);
        assertThat(one[0]).isEqualTo(y.at(i));
        kernels.tanh(x.array(), x.offset() + i, one, 0, 1);
        assertThat(one[0]).isEqualTo(z.at(i));
        kernels.sine(3f, x.array(), x.offset() + i, one, 0, 1);
        assertThat(one[0]).isEqualTo(sine.at(i));
        kernels.gateBySine(3f, x.array(), x.offset() + i, y.array(), y.offset() + i, one, 0, 1);
        assertThat(one[0]).isEqualTo(slope.at(i));
      }
    }
  }

  private interface Function {
    void apply(float[] x, float[] y);
  }

  /** Every 20,011th bit pattern: finite numbers of all magnitudes and both signs. */
  private static void assertAccurate(
      Function function, DoubleUnaryOperator exact, double relative, double absolute) {
    float[] x = new float[LENGTH];
    float[] y = new float[LENGTH];
    long pattern = 0;
    while (pattern < 1L << 32) {
      for (int i = 0; i < LENGTH; i++) {
        x[i] = Float.intBitsToFloat((int) pattern);
        pattern += 20_011;
      }
      function.apply(x, y);
      for (int i = 0; i < LENGTH; i++) {
        double expected = exact.applyAsDouble(x[i]);
        if (!Float.isFinite(x[i])) {
          continue;
        }
        double error = Math.abs(y[i] - expected);
        if (!(error <= relative * Math.abs(expected) + absolute)) {
          assertThat(y[i]).as("at %s", x[i]).isEqualTo((float) expected);
        }
      }
    }
  }
}
