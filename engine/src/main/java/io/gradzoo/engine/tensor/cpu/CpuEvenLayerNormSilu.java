package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.EvenLayerNormSilu;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.Parameters;

/** {@link EvenLayerNormSilu}; neither of its two terms is stored. */
final class CpuEvenLayerNormSilu extends CpuRowOperation {
  /** Rows that are worked on together, so that all of it stays in the first-level cache. */
  private static final int GROUP = 16;

  private final Parameters parameters;
  private final Parameter bias;
  private final Parameter gain;
  private final Parameter shift;
  private final float[] statistics;
  private final float[] argument;
  private final float[] term;

  /** For each row of a model the slopes at x + b, then those at b − x. */
  private final Memory slopes;

  CpuEvenLayerNormSilu(EvenLayerNormSilu of, CpuContext context) {
    super(of, context);
    int width = output.width();
    this.parameters = context.parameters();
    this.bias = of.bias();
    this.gain = of.gain();
    this.shift = of.shift();
    this.statistics = new float[2 * 2 * context.capacity() * output.rows()];
    this.argument = new float[GROUP * width];
    this.term = new float[GROUP * width];
    this.slopes = new Memory(2 * output.rows() * width);
  }

  @Override
  boolean sets(int input) {
    return true;
  }

  @Override
  boolean cheap() {
    return true;
  }

  @Override
  Memory workspace() {
    return slopes;
  }

  @Override
  void forwardRows(int from, int rows) {
    int width = output.width();
    float[] y = output.values();
    for (int row = from; row < from + rows; row += GROUP) {
      int count = Math.min(GROUP, from + rows - row);
      int at = output.valueAt(row);
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
  void forwardRowsForAdjoint(int from, int rows) {
    for (int row = from; row < from + rows; row += GROUP) {
      int count = Math.min(GROUP, from + rows - row);
      setStatistics(1f, row, count);
      setStatistics(-1f, row, count);
    }
    recomputeRows(from, rows);
  }

  private void setStatistics(float sign, int row, int rows) {
    setArgument(sign, row, rows);
    kernels.layerNormStatistics(rows, output.width(), argument, 0, statistics, moments(sign, row));
  }

  /** The output again, and the slopes of both terms for the adjoint. */
  @Override
  void recomputeRows(int from, int rows) {
    int width = output.width();
    float[] y = output.values();
    for (int row = from; row < from + rows; row += GROUP) {
      int count = Math.min(GROUP, from + rows - row);
      int at = output.valueAt(row);
      functionAndSlopes(1f, row, count, y, at);
      functionAndSlopes(-1f, row, count, term, 0);
      kernels.add(term, 0, y, at, count * width);
    }
  }

  private void functionAndSlopes(float sign, int row, int rows, float[] y, int yo) {
    float[] p = parameters.values();
    setArgument(sign, row, rows);
    kernels.layerNormSiluSlopes(
        rows,
        output.width(),
        argument,
        0,
        p,
        gain.offset(),
        p,
        shift.offset(),
        statistics,
        moments(sign, row),
        y,
        yo,
        slopes.values,
        slopesAt(sign, row, rows));
  }

  @Override
  void adjointRows(int from, int rows) {
    Operand x = inputs.get(0);
    int width = output.width();
    for (int row = from; row < from + rows; row += GROUP) {
      int count = Math.min(GROUP, from + rows - row);
      int at = x.gradientAt(row);
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
    float[] dp = parameters.gradients();
    setArgument(sign, row, rows);
    kernels.layerNormAdjoint(
        rows,
        width,
        argument,
        0,
        parameters.values(),
        gain.offset(),
        statistics,
        moments(sign, row),
        slopes.values,
        slopesAt(sign, row, rows),
        output.gradients(),
        output.gradientAt(row),
        term,
        0,
        dp,
        gain.offset(),
        dp,
        shift.offset());
    kernels.addColumnSums(rows, width, term, 0, dp, bias.offset());
  }

  private void setArgument(float sign, int row, int rows) {
    int width = output.width();
    float[] from = inputs.get(0).values();
    int at = inputs.get(0).valueAt(row);
    if (sign < 0f) {
      kernels.scale(-1f, from, at, argument, 0, rows * width);
      from = argument;
      at = 0;
    }
    kernels.sumWithRow(rows, width, from, at, parameters.values(), bias.offset(), argument, 0);
  }

  /** Where the statistics of the rows begin: those of b − x follow all of those of x + b. */
  private int moments(float sign, int row) {
    return sign > 0f ? 2 * row : statistics.length / 2 + 2 * row;
  }

  /** Where the slopes of a group of rows begin: those of b − x follow the group's others. */
  private int slopesAt(float sign, int row, int rows) {
    int width = output.width();
    return 2 * row * width - slopes.firstValue + (sign > 0f ? 0 : rows * width);
  }
}
