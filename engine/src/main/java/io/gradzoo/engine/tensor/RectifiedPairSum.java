package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;

/**
 * {@code y[p, q] = factor · Σ_i relu(u[i, p] + v[i, q] + t[p, q])}: a hidden layer on all pairs of
 * two bands of rows, summed over the lines. The pairs of a line are never stored; the adjoint
 * computes them again.
 */
final class RectifiedPairSum extends Operation {
  private final Band outer;
  private final Band inner;
  private final Tensor pairs;
  private final int lines;
  private final float factor;
  private final int width;
  private final float[] hidden;
  private final float[] scaled;
  private final float[] gated;

  /**
   * @param first u, the band whose rows p run slower in the result
   * @param second v
   * @param pairs t [p · q, width], the same for all lines, or null
   */
  RectifiedPairSum(
      Kernels kernels, float factor, Tensor output, Band first, Band second, Tensor pairs) {
    super(kernels, output, present(first, second, pairs));
    boolean single = second.count() == 1;
    this.outer = single ? second : first;
    this.inner = single ? first : second;
    this.pairs = pairs;
    this.lines = first.lines();
    this.factor = factor;
    this.width = output.width();
    this.hidden = new float[inner.size()];
    this.scaled = new float[inner.size()];
    this.gated = new float[inner.size()];
  }

  @Override
  boolean readsOutput() {
    return false;
  }

  @Override
  void forward(int models) {
    float[] y = output.values();
    Arrays.fill(y, 0, count(models), 0f);
    for (int m = 0; m < models; m++) {
      for (int p = 0; p < outer.count(); p++) {
        int slab = slab(m, p);
        for (int line = m * lines; line < (m + 1) * lines; line++) {
          setHidden(line, p, slab);
          kernels.add(hidden, 0, y, slab, hidden.length);
        }
      }
    }
    if (factor != 1f) {
      kernels.scale(factor, y, 0, y, 0, count(models));
    }
  }

  @Override
  void adjoint(int models) {
    for (int m = 0; m < models; m++) {
      for (int p = 0; p < outer.count(); p++) {
        int slab = slab(m, p);
        kernels.scale(factor, output.gradients(), slab, scaled, 0, scaled.length);
        for (int line = m * lines; line < (m + 1) * lines; line++) {
          setHidden(line, p, slab);
          kernels.gateByRelu(hidden, 0, scaled, 0, gated, 0, gated.length);
          carry(line, p, slab);
        }
      }
    }
  }

  /** The ReLU for one row of the outer band with all rows of the inner one. */
  private void setHidden(int line, int p, int slab) {
    float[] u = outer.x().values();
    int row = outer.at(line) + p * width;
    kernels.sumWithRow(inner.count(), width, inner.x().values(), inner.at(line), u, row, hidden, 0);
    if (pairs != null) {
      kernels.add(pairs.values(), slab, hidden, 0, hidden.length);
    }
    kernels.relu(hidden, 0, hidden, 0, hidden.length);
  }

  /** Adds the gated gradient in {@link #gated} to those of the terms. */
  private void carry(int line, int p, int slab) {
    if (outer.x().needsGradient()) {
      int row = outer.at(line) + p * width;
      kernels.addColumnSums(inner.count(), width, gated, 0, outer.x().gradients(), row);
    }
    if (inner.x().needsGradient()) {
      kernels.add(gated, 0, inner.x().gradients(), inner.at(line), gated.length);
    }
    if (pairs != null && pairs.needsGradient()) {
      kernels.add(gated, 0, pairs.gradients(), slab, gated.length);
    }
  }

  /** Where the pairs of an outer row begin. */
  private int slab(int model, int p) {
    return (model * outer.count() + p) * inner.size();
  }

  private static Tensor[] present(Band first, Band second, Tensor pairs) {
    return pairs == null
        ? new Tensor[] {first.x(), second.x()}
        : new Tensor[] {first.x(), second.x(), pairs};
  }
}
