package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Linear;
import io.gradzoo.engine.tensor.Matrix;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.Parameters;
import java.util.Arrays;

/** {@link Linear}; inputs are never copied together. */
final class CpuLinear extends CpuRowOperation {
  private final Parameters parameters;
  private final Matrix weight;
  private final Parameter bias;
  private final float biasFactor;
  private final FewRows few;
  private float[] transposed;
  private final float[] scaledBias;
  private final float[] biasGradient;
  private int version = -1;

  CpuLinear(Linear of, CpuContext context) {
    super(of, context);
    MapParameters map = context.parametersOf(of.map());
    this.parameters = map.parameters();
    this.weight = map.map().weight();
    this.bias = map.map().bias();
    this.biasFactor = map.map().biasFactor();
    int rows = context.capacity() * output.rows();
    this.few = FewRows.pay(rows, weight) ? new FewRows(kernels, rows, weight) : null;
    this.scaledBias = new float[bias == null ? 0 : weight.rows()];
    this.biasGradient = new float[scaledBias.length];
  }

  @Override
  boolean readsOutput() {
    return false;
  }

  @Override
  boolean sets(int input) {
    return true;
  }

  @Override
  void forwardRows(int first, int rows) {
    if (few == null) {
      refresh();
      forwardManyRows(first, rows);
    } else {
      refreshBias();
      forwardFewRows(first, rows);
    }
  }

  private void forwardFewRows(int first, int rows) {
    int out = weight.rows();
    int from = weight.offset();
    few.begin(rows, out, scaledBias);
    for (int i = 0; i < inputs.size(); i++) {
      Operand x = inputs.get(i);
      int in = x.width();
      few.add(
          rows, out, in, x.values(), x.valueAt(first), parameters.values(), from, weight.stride());
      from += in;
    }
    few.end(rows, out, output.values(), output.valueAt(first));
  }

  private void forwardManyRows(int first, int rows) {
    int out = weight.rows();
    float[] y = output.values();
    int yo = output.valueAt(first);
    int from = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Operand x = inputs.get(i);
      int in = x.width();
      int xo = x.valueAt(first);
      float[] xs = x.values();
      int wo = from * out;
      if (i > 0) {
        kernels.multiplyAdd(rows, out, in, xs, xo, in, transposed, wo, out, y, yo, out);
      } else if (bias != null) {
        kernels.affine(rows, out, in, xs, xo, in, transposed, wo, out, scaledBias, 0, y, yo, out);
      } else {
        kernels.multiply(rows, out, in, xs, xo, in, transposed, wo, out, y, yo, out);
      }
      from += in;
    }
  }

  @Override
  void adjointRows(int first, int rows) {
    int from = weight.offset();
    for (int i = 0; i < inputs.size(); i++) {
      carry(i, first, rows, from, output, fresh(i));
      from += inputs.get(i).width();
    }
    if (bias != null) {
      Arrays.fill(biasGradient, 0f);
      kernels.addColumnSums(
          rows, weight.rows(), output.gradients(), output.gradientAt(first), biasGradient, 0);
      carryBias(biasGradient);
    }
  }

  /** The gradient of one input, dy times its columns of W, and the gradient of these columns. */
  private void carry(int input, int first, int rows, int from, Operand y, boolean set) {
    Operand x = inputs.get(input);
    int out = weight.rows();
    int in = x.width();
    int stride = weight.stride();
    float[] w = parameters.values();
    float[] dw = parameters.gradients();
    float[] dy = y.gradients();
    int dyo = y.gradientAt(first);
    if (x.needsGradient()) {
      float[] dx = x.gradients();
      int dxo = x.gradientAt(first);
      if (set) {
        kernels.multiply(rows, in, out, dy, dyo, out, w, from, stride, dx, dxo, in);
      } else {
        kernels.multiplyAdd(rows, in, out, dy, dyo, out, w, from, stride, dx, dxo, in);
      }
    }
    kernels.transposedMultiplyAdd(
        out, in, rows, dy, dyo, out, x.values(), x.valueAt(first), in, dw, from, stride);
  }

  /** Adds the bias to a row. */
  void addBias(float[] row) {
    if (bias != null) {
      kernels.add(scaledBias, 0, row, 0, scaledBias.length);
    }
  }

  /** The bias's gradient from a sum over rows. */
  void carryBias(float[] rowSum) {
    if (bias != null) {
      float[] dp = parameters.gradients();
      kernels.addScaled(biasFactor, rowSum, 0, dp, bias.offset(), weight.rows());
    }
  }

  /** {@code y += W x} for some rows of the only input. */
  void addRows(int from, int rows, Operand y) {
    int in = weight.columns();
    int out = weight.rows();
    Operand x = inputs.get(0);
    kernels.multiplyAdd(
        rows,
        out,
        in,
        x.values(),
        x.valueAt(from),
        in,
        transposed,
        0,
        out,
        y.values(),
        y.valueAt(from),
        out);
  }

  /** The adjoint of {@link #addRows}; sets or adds to the gradient of the input. */
  void carryRows(int from, int rows, Operand y, boolean set) {
    carry(0, from, rows, weight.offset(), y, set);
  }

  /** Brings copies of the parameters up to date. */
  void refresh() {
    if (version != parameters.version()) {
      int rows = weight.rows();
      int columns = weight.columns();
      if (transposed == null) {
        transposed = new float[rows * columns];
      }
      kernels.transpose(
          rows,
          columns,
          parameters.values(),
          weight.offset(),
          weight.stride(),
          transposed,
          0,
          rows);
      refreshBias();
    }
  }

  private void refreshBias() {
    if (version != parameters.version()) {
      version = parameters.version();
      if (bias != null) {
        kernels.scale(
            biasFactor, parameters.values(), bias.offset(), scaledBias, 0, scaledBias.length);
      }
    }
  }
}
