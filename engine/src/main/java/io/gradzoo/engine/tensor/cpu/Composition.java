package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.tensor.AffineMap;
import io.gradzoo.engine.tensor.ComposedMap;
import io.gradzoo.engine.tensor.Matrix;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.Parameters;
import java.util.Arrays;
import java.util.List;

/**
 * The numbers of a {@link ComposedMap}: M and c are computed once after every change of the
 * parameters, and their gradients are carried to the parameters once per backward sweep.
 */
final class Composition {
  private final Kernels kernels;
  private final Parameters parameters;
  private final AffineMap inner;
  private final AffineMap outer;
  private final Parameters composed;
  private final Matrix product;
  private final Parameter bias;
  private final float[] innerTransposed;
  private int version = -1;

  Composition(Kernels kernels, Parameters parameters, ComposedMap map) {
    this.kernels = kernels;
    this.parameters = parameters;
    this.inner = map.inner();
    this.outer = map.outer();
    int out = map.out();
    int in = map.in();
    boolean biased = inner.bias() != null || outer.bias() != null;
    this.product = new Matrix(0, out, in, in);
    this.bias = biased ? new Parameter("composed", out * in, List.of(out), null) : null;
    this.composed = Parameters.over(new float[out * in + (biased ? out : 0)]);
    this.innerTransposed = new float[in * inner.weight().rows()];
  }

  /** M and c. */
  MapParameters result() {
    return new MapParameters(composed, new AffineMap(product, bias, 1f));
  }

  /** Brings M and c up to date. */
  void refresh() {
    if (version == parameters.version()) {
      return;
    }
    version = parameters.version();
    float[] p = parameters.values();
    Matrix w1 = inner.weight();
    Matrix w2 = outer.weight();
    kernels.multiply(
        w2.rows(),
        w1.columns(),
        w1.rows(),
        p,
        w2.offset(),
        w2.stride(),
        p,
        w1.offset(),
        w1.stride(),
        composed.values(),
        0,
        product.stride());
    kernels.transpose(
        w1.rows(), w1.columns(), p, w1.offset(), w1.stride(), innerTransposed, 0, w1.rows());
    if (bias != null) {
      refreshBias();
    }
    composed.changed();
  }

  private void refreshBias() {
    float[] p = parameters.values();
    Matrix w2 = outer.weight();
    for (int row = 0; row < w2.rows(); row++) {
      float c = outer.bias() == null ? 0f : outer.biasFactor() * p[outer.bias().offset() + row];
      if (inner.bias() != null) {
        int at = w2.offset() + row * w2.stride();
        c += inner.biasFactor() * kernels.dot(p, at, p, inner.bias().offset(), w2.columns());
      }
      composed.values()[bias.offset() + row] = c;
    }
  }

  /** Carries the gradients of M and c on to the parameters, and clears them. */
  void adjoint() {
    float[] p = parameters.values();
    float[] dp = parameters.gradients();
    float[] d = composed.gradients();
    Matrix w1 = inner.weight();
    Matrix w2 = outer.weight();
    int in = product.columns();
    kernels.multiplyAdd(
        w2.rows(),
        w2.columns(),
        in,
        d,
        0,
        in,
        innerTransposed,
        0,
        w1.rows(),
        dp,
        w2.offset(),
        w2.stride());
    kernels.transposedMultiplyAdd(
        w1.rows(),
        in,
        w2.rows(),
        p,
        w2.offset(),
        w2.stride(),
        d,
        0,
        in,
        dp,
        w1.offset(),
        w1.stride());
    if (bias != null) {
      carryBias();
    }
    Arrays.fill(d, 0f);
  }

  private void carryBias() {
    float[] p = parameters.values();
    float[] dp = parameters.gradients();
    Matrix w2 = outer.weight();
    for (int row = 0; row < w2.rows(); row++) {
      float d = composed.gradients()[bias.offset() + row];
      if (outer.bias() != null) {
        dp[outer.bias().offset() + row] += outer.biasFactor() * d;
      }
      if (inner.bias() != null) {
        int at = w2.offset() + row * w2.stride();
        float scaled = inner.biasFactor() * d;
        kernels.addScaled(scaled, p, inner.bias().offset(), dp, at, w2.columns());
        kernels.addScaled(scaled, p, at, dp, inner.bias().offset(), w2.columns());
      }
    }
  }
}
