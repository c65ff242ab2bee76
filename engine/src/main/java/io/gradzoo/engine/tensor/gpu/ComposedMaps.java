package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.AffineMap;
import io.gradzoo.engine.tensor.ComposedMap;
import io.gradzoo.engine.tensor.Linear;
import io.gradzoo.engine.tensor.Matrix;
import io.gradzoo.engine.tensor.Operation;
import io.gradzoo.engine.tensor.RowMap;
import io.gradzoo.engine.tensor.gpu.Instruction.Factor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The composed maps of a computation: M = W₂ W₁ and c = W₂ f₁ b₁ + f₂ b₂ are computed before every
 * forward pass, and their gradients are carried to the parameters after every backward sweep.
 */
final class ComposedMaps {
  private final Emission emission;
  private final Map<ComposedMap, DeviceMap> maps = new LinkedHashMap<>();

  ComposedMaps(List<Operation> operations, Emission emission) {
    this.emission = emission;
    for (Operation operation : operations) {
      if (operation instanceof Linear linear && linear.map() instanceof ComposedMap map) {
        maps.computeIfAbsent(map, this::place);
      }
    }
  }

  private DeviceMap place(ComposedMap map) {
    long weights = (long) map.out() * map.in();
    boolean biased = map.inner().bias() != null || map.outer().bias() != null;
    long numbers = weights + map.out();
    long values = emission.take(Float.BYTES * numbers);
    long gradients = emission.take(Float.BYTES * numbers);
    return new DeviceMap(
        map.out(),
        map.in(),
        values,
        map.in(),
        biased ? Strided.at(values, weights) : 0,
        1f,
        gradients,
        biased ? Strided.at(gradients, weights) : 0);
  }

  /** Where the numbers of a map lie. */
  DeviceMap map(RowMap map) {
    if (map instanceof ComposedMap composed) {
      return maps.get(composed);
    }
    AffineMap affine = (AffineMap) map;
    Matrix w = affine.weight();
    return new DeviceMap(
        w.rows(),
        w.columns(),
        emission.parameter(w.offset()),
        w.stride(),
        affine.bias() == null ? 0 : emission.parameter(affine.bias()),
        affine.biasFactor(),
        emission.parameterGradient(w.offset()),
        affine.bias() == null ? 0 : emission.parameterGradient(affine.bias()));
  }

  void forward() {
    maps.forEach(
        (of, result) -> {
          DeviceMap inner = map(of.inner());
          DeviceMap outer = map(of.outer());
          Factor w2 = Factor.plain(outer.weight(), outer.stride());
          Factor w1 = Factor.plain(inner.weight(), inner.stride());
          Instructions to = emission.to();
          to.matrixProduct(
              outer.out(), inner.in(), inner.out(), 1f, w2, w1, 0f, result.weight(), inner.in());
          if (outer.bias() != 0) {
            Strided to2 = Strided.of(result.bias(), 1, 0, 0, 0);
            Strided b2 = Strided.of(outer.bias(), 1, 0, 0, 0);
            to.sum(Extent.of(outer.out(), 1, 1, 1), to2, 0, outer.factor(), b2);
          }
          if (inner.bias() != 0) {
            Factor b1 = Factor.plain(inner.bias(), 1);
            float beta = outer.bias() == 0 ? 0f : 1f;
            to.matrixProduct(
                outer.out(), 1, inner.out(), inner.factor(), w2, b1, beta, result.bias(), 1);
          }
        });
  }

  void clearGradients() {
    maps.forEach(
        (of, result) ->
            emission
                .to()
                .clear(result.weightGradient(), (long) result.out() * result.in() + result.out()));
  }

  /** dW₂ += dM W₁ᵀ + f₁ dc b₁ᵀ, dW₁ += W₂ᵀ dM, db₁ += f₁ W₂ᵀ dc, db₂ += f₂ dc. */
  void adjoint() {
    maps.forEach(
        (of, result) -> {
          DeviceMap inner = map(of.inner());
          DeviceMap outer = map(of.outer());
          Instructions to = emission.to();
          int middle = inner.out();
          int out = outer.out();
          int in = inner.in();
          Factor dm = Factor.plain(result.weightGradient(), in);
          Factor w1 = Factor.transpose(inner.weight(), inner.stride());
          Factor w2 = Factor.transpose(outer.weight(), outer.stride());
          to.matrixProduct(out, middle, in, 1f, dm, w1, 1f, outer.weightGradient(), outer.stride());
          to.matrixProduct(middle, in, out, 1f, w2, dm, 1f, inner.weightGradient(), inner.stride());
          Factor dc = Factor.plain(result.biasGradient(), 1);
          if (inner.bias() != 0) {
            Factor b1 = Factor.plain(inner.bias(), middle);
            float f1 = inner.factor();
            to.matrixProduct(
                out, middle, 1, f1, dc, b1, 1f, outer.weightGradient(), outer.stride());
            to.matrixProduct(middle, 1, out, f1, w2, dc, 1f, inner.biasGradient(), 1);
          }
          if (outer.bias() != 0) {
            Strided db2 = Strided.of(outer.biasGradient(), 1, 0, 0, 0);
            Strided share = Strided.of(result.biasGradient(), 1, 0, 0, 0);
            to.sum(Extent.of(out, 1, 1, 1), db2, 1, outer.factor(), share);
          }
        });
  }
}
