package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.tensor.Matrix;
import java.util.Arrays;

/**
 * Y = X Wᵀ + b for few rows as (W Xᵀ + b)ᵀ, which turns X and Y where {@link CpuLinear} else turns
 * the whole of W after each step of training. Sums keep their order, so the bits are the same.
 */
final class FewRows {
  private final Kernels kernels;
  private final float[] turnedInput;
  private final float[] turnedOutput;

  /**
   * @param rows the most rows of one call
   * @param weight the whole of W, for its size
   */
  FewRows(Kernels kernels, int rows, Matrix weight) {
    this.kernels = kernels;
    this.turnedInput = new float[rows * weight.columns()];
    this.turnedOutput = new float[rows * weight.rows()];
  }

  /** Whether turning that many rows moves at most half as many numbers as turning W. */
  static boolean pay(int rows, Matrix weight) {
    return 2L * rows * (weight.rows() + weight.columns())
        <= (long) weight.rows() * weight.columns();
  }

  /**
   * Begins the sums of {@code rows} rows.
   *
   * @param bias [out], or empty for zeros
   */
  void begin(int rows, int out, float[] bias) {
    for (int o = 0; o < out; o++) {
      Arrays.fill(turnedOutput, o * rows, (o + 1) * rows, bias.length == 0 ? 0f : bias[o]);
    }
  }

  /**
   * Adds one input's products with its columns of W.
   *
   * @param x [rows, in], at {@code xo}
   * @param w [out, in] at {@code wo}, rows {@code stride} apart
   */
  void add(int rows, int out, int in, float[] x, int xo, float[] w, int wo, int stride) {
    kernels.transpose(rows, in, x, xo, in, turnedInput, 0, rows);
    kernels.multiplyAdd(out, rows, in, w, wo, stride, turnedInput, 0, rows, turnedOutput, 0, rows);
  }

  /** Writes the sums to y [rows, out], at {@code yo}. */
  void end(int rows, int out, float[] y, int yo) {
    kernels.transpose(out, rows, turnedOutput, 0, rows, y, yo, out);
  }
}
