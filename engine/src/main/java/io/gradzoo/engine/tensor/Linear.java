package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;

/**
 * {@code y = W [x₁; x₂; …] + factor · b}: a linear map of the inputs side by side, which are never
 * copied together. PyTorch's convention: W is [out, in].
 */
final class Linear extends Operation {
  private final Parameters parameters;
  private final Matrix weight;
  private final Parameter bias;
  private final float biasFactor;
  private final float[] transposed;
  private final float[] scaledBias;
  private final float[] biasGradient;
  private int version = -1;

  /**
   * @param bias [out], or null for none
   */
  Linear(
      Kernels kernels,
      Parameters parameters,
      Matrix weight,
      Parameter bias,
      float biasFactor,
      Tensor output,
      Tensor... inputs) {
    super(kernels, output, inputs);
    this.parameters = parameters;
    this.weight = weight;
    this.bias = bias;
    this.biasFactor = biasFactor;
    this.transposed = new float[weight.rows() * weight.columns()];
    this.scaledBias = new float[bias == null ? 0 : weight.rows()];
    this.biasGradient = new float[scaledBias.length];
  }

  Matrix weight() {
    return weight;
  }

  /** [out], or null. */
  Parameter bias() {
    return bias;
  }

  float biasFactor() {
    return biasFactor;
  }

  /** The same map of other inputs, with another factor of the bias. */
  Linear applied(float newBiasFactor, Tensor newOutput, Tensor... newInputs) {
    return new Linear(kernels, parameters, weight, bias, newBiasFactor, newOutput, newInputs);
  }

  /** Whether another operation applies the same numbers. */
  boolean sameMap(Linear other) {
    return parameters == other.parameters
        && weight.equals(other.weight)
        && bias == other.bias
        && biasFactor == other.biasFactor;
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
  void forward(int models) {
    refresh();
    int rows = models * output.rows();
    int out = weight.rows();
    int from = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Tensor x = inputs.get(i);
      int in = x.width();
      if (i > 0) {
        kernels.multiplyAdd(
            rows, out, in, x.values(), 0, in, transposed, from * out, out, output.values(), 0, out);
      } else if (bias != null) {
        kernels.affine(
            rows,
            out,
            in,
            x.values(),
            0,
            in,
            transposed,
            0,
            out,
            scaledBias,
            0,
            output.values(),
            0,
            out);
      } else {
        kernels.multiply(
            rows, out, in, x.values(), 0, in, transposed, 0, out, output.values(), 0, out);
      }
      from += in;
    }
  }

  @Override
  void adjoint(int models) {
    int rows = models * output.rows();
    int out = weight.rows();
    float[] dy = output.gradients();
    int from = weight.offset();
    for (int i = 0; i < inputs.size(); i++) {
      Tensor x = inputs.get(i);
      int in = x.width();
      carry(i, rows, from);
      kernels.transposedMultiplyAdd(
          out,
          in,
          rows,
          dy,
          0,
          out,
          x.values(),
          0,
          in,
          parameters.gradients(),
          from,
          weight.stride());
      from += in;
    }
    if (bias != null) {
      Arrays.fill(biasGradient, 0f);
      kernels.addColumnSums(rows, out, dy, 0, biasGradient, 0);
      kernels.addScaled(biasFactor, biasGradient, 0, parameters.gradients(), bias.offset(), out);
    }
  }

  /** The gradient of one input: dy times its columns of W. */
  private void carry(int input, int rows, int from) {
    Tensor x = inputs.get(input);
    if (!x.needsGradient()) {
      return;
    }
    int out = weight.rows();
    int in = x.width();
    float[] w = parameters.values();
    float[] dy = output.gradients();
    float[] dx = x.gradients();
    if (fresh(input)) {
      kernels.multiply(rows, in, out, dy, 0, out, w, from, weight.stride(), dx, 0, in);
    } else {
      kernels.multiplyAdd(rows, in, out, dy, 0, out, w, from, weight.stride(), dx, 0, in);
    }
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
  void addRows(int from, int rows, float[] y) {
    int in = weight.columns();
    int out = weight.rows();
    float[] x = inputs.get(0).values();
    int at = from * in;
    kernels.multiplyAdd(rows, out, in, x, at, in, transposed, 0, out, y, from * out, out);
  }

  /** The adjoint of {@link #addRows}; sets or adds to the gradient of the input. */
  void carryRows(int from, int rows, float[] dy, boolean set) {
    Tensor x = inputs.get(0);
    int in = weight.columns();
    int out = weight.rows();
    int at = from * in;
    int dyo = from * out;
    int w = weight.offset();
    int stride = weight.stride();
    float[] p = parameters.values();
    if (set) {
      kernels.multiply(rows, in, out, dy, dyo, out, p, w, stride, x.gradients(), at, in);
    } else if (x.needsGradient()) {
      kernels.multiplyAdd(rows, in, out, dy, dyo, out, p, w, stride, x.gradients(), at, in);
    }
    float[] dp = parameters.gradients();
    kernels.transposedMultiplyAdd(out, in, rows, dy, dyo, out, x.values(), at, in, dp, w, stride);
  }

  /** Brings copies of the parameters up to date. */
  void refresh() {
    if (version != parameters.version()) {
      version = parameters.version();
      kernels.transpose(
          weight.rows(),
          weight.columns(),
          parameters.values(),
          weight.offset(),
          weight.stride(),
          transposed,
          0,
          weight.rows());
      if (bias != null) {
        kernels.scale(
            biasFactor, parameters.values(), bias.offset(), scaledBias, 0, scaledBias.length);
      }
    }
  }
}
