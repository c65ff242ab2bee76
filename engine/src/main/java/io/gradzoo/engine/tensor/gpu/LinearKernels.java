package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.Linear;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.gpu.Emission.GradientShare;
import io.gradzoo.engine.tensor.gpu.Instruction.Factor;

/** {@link Linear}: a product for each input, all adding to one output that begins with the bias. */
final class LinearKernels {
  private LinearKernels() {}

  static void forward(Linear of, Emission e) {
    DeviceMap map = e.map(of.map());
    int rows = e.models() * of.output().rows();
    long y = e.values(of.output());
    if (map.bias() != 0) {
      Strided all = Strided.of(y, 0, 0, map.out(), 1);
      Strided bias = Strided.of(map.bias(), 0, 0, 0, 1);
      e.to().sum(Extent.of(1, 1, rows, map.out()), all, 0, map.factor(), bias);
    }
    float beta = map.bias() == 0 ? 0f : 1f;
    long column = map.weight();
    for (Tensor x : of.inputs()) {
      map(e, rows, x.width(), e.values(x), map.out(), column, map.stride(), beta, y);
      beta = 1f;
      column = Strided.at(column, x.width());
    }
  }

  static void adjoint(Linear of, Emission e) {
    DeviceMap map = e.map(of.map());
    Tensor output = of.output();
    int rows = e.models() * output.rows();
    long dy = e.gradient(output);
    long from = 0;
    for (Tensor x : of.inputs()) {
      long w = Strided.at(map.weight(), from);
      long dw = Strided.at(map.weightGradient(), from);
      carryWeight(e, rows, x.width(), e.values(x), map.out(), dy, dw, map.stride());
      if (x.needsGradient()) {
        carryInput(e, rows, x.width(), map.out(), dy, w, map.stride(), e.share(x));
      }
      from += x.width();
    }
    if (map.bias() != 0) {
      e.addColumnSums(output.rows(), map.out(), map.factor(), map.biasGradient(), dy);
    }
  }

  /** {@code y = x Wᵀ + beta · y}, for W [out, in] with rows so far apart. */
  static void map(
      Emission e, int rows, int in, long x, int out, long w, int stride, float beta, long y) {
    e.to()
        .matrixProduct(
            rows, out, in, 1f, Factor.plain(x, in), Factor.transpose(w, stride), beta, y, out);
  }

  /** {@code dW += dyᵀ x}. */
  static void carryWeight(
      Emission e, int rows, int in, long x, int out, long dy, long dw, int stride) {
    e.to()
        .matrixProduct(
            out, in, rows, 1f, Factor.transpose(dy, out), Factor.plain(x, in), 1f, dw, stride);
  }

  /** {@code dx (+)= dy W}. */
  static void carryInput(
      Emission e, int rows, int in, int out, long dy, long w, int stride, GradientShare dx) {
    Factor gradient = Factor.plain(dy, out);
    Factor weight = Factor.plain(w, stride);
    e.to().matrixProduct(rows, in, out, 1f, gradient, weight, dx.beta(), dx.address(), in);
  }
}
