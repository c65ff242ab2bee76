package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;

/**
 * {@code y = f(x + b) + f(b − x)} with {@code f(z) = silu(gain ⊙ normalise(z) + shift)}, row by
 * row: the hidden layer of a perceptron that is made even in its input (ScaleGMN, App. A.1.2).
 * Neither of the two terms is stored.
 */
final class EvenLayerNormSilu extends Operation {
  /** Rows that are worked on together, so that all of it stays in the first-level cache. */
  private static final int GROUP = 16;

  private final Parameters parameters;
  private final Parameter bias;
  private final Parameter gain;
  private final Parameter shift;
  private final float[] statistics;
  private final float[] argument;
  private final float[] term;
  private final float[] scratch;

  EvenLayerNormSilu(
      Kernels kernels,
      int capacity,
      Parameters parameters,
      Parameter bias,
      Parameter gain,
      Parameter shift,
      Tensor output,
      Tensor x) {
    super(kernels, output, x);
    this.parameters = parameters;
    this.bias = bias;
    this.gain = gain;
    this.shift = shift;
    this.statistics = new float[2 * 2 * capacity * x.rows()];
    this.argument = new float[GROUP * x.width()];
    this.term = new float[GROUP * x.width()];
    this.scratch = new float[3 * x.width()];
  }

  @Override
  boolean sets(int input) {
    return true;
  }

  @Override
  void forward(int models) {
    int rows = models * output.rows();
    int width = output.width();
    float[] y = output.values();
    for (int row = 0; row < rows; row += GROUP) {
      int count = Math.min(GROUP, rows - row);
      int at = row * width;
      function(1f, row, count, y, at);
      function(-1f, row, count, term, 0);
      kernels.add(term, 0, y, at, count * width);
    }
  }

  /** y = f(sign · x + b) for some rows. */
  private void function(float sign, int row, int rows, float[] y, int yo) {
    int width = output.width();
    float[] p = parameters.values();
    setArgument(sign, row, rows);
    int moments = moments(sign, row);
    kernels.layerNormSilu(
        rows, width, argument, 0, p, gain.offset(), p, shift.offset(), y, yo, statistics, moments);
  }

  @Override
  void adjoint(int models) {
    Tensor x = inputs.get(0);
    int rows = models * output.rows();
    int width = output.width();
    for (int row = 0; row < rows; row += GROUP) {
      int count = Math.min(GROUP, rows - row);
      int at = row * width;
      functionAdjoint(1f, row, count);
      if (fresh(0)) {
        System.arraycopy(term, 0, x.gradients(), at, count * width);
      } else if (x.needsGradient()) {
        kernels.add(term, 0, x.gradients(), at, count * width);
      }
      functionAdjoint(-1f, row, count);
      if (x.needsGradient()) {
        kernels.addScaled(-1f, term, 0, x.gradients(), at, count * width);
      }
    }
  }

  /** The gradient by the argument of f into {@link #term}, and those of the parameters. */
  private void functionAdjoint(float sign, int row, int rows) {
    int width = output.width();
    float[] p = parameters.values();
    float[] dp = parameters.gradients();
    setArgument(sign, row, rows);
    int moments = moments(sign, row);
    kernels.layerNormSiluAdjoint(
        rows,
        width,
        argument,
        0,
        p,
        gain.offset(),
        p,
        shift.offset(),
        statistics,
        moments,
        output.gradients(),
        row * width,
        term,
        0,
        dp,
        gain.offset(),
        dp,
        shift.offset(),
        scratch);
    kernels.addColumnSums(rows, width, term, 0, dp, bias.offset());
  }

  private void setArgument(float sign, int row, int rows) {
    int width = output.width();
    float[] x = inputs.get(0).values();
    float[] from = x;
    int at = row * width;
    if (sign < 0f) {
      kernels.scale(-1f, x, at, argument, 0, rows * width);
      from = argument;
      at = 0;
    }
    kernels.sumWithRow(rows, width, from, at, parameters.values(), bias.offset(), argument, 0);
  }

  /** Where the statistics of the rows begin: those of b − x follow all of those of x + b. */
  private int moments(float sign, int row) {
    return sign > 0f ? 2 * row : statistics.length / 2 + 2 * row;
  }
}
