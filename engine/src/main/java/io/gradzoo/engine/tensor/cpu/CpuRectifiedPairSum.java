package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Band;
import io.gradzoo.engine.tensor.RectifiedPairSum;
import java.util.Arrays;

/** {@link RectifiedPairSum}: the pairs of a line are computed again for the adjoint. */
final class CpuRectifiedPairSum extends CpuOperation {
  private final Band outer;
  private final Band inner;
  private final Operand outerRows;
  private final Operand innerRows;
  private final Operand pairs;
  private final int lines;
  private final float factor;
  private final int width;
  private final float[] hidden;
  private final float[] scaled;
  private final float[] gated;

  CpuRectifiedPairSum(RectifiedPairSum of, CpuContext context) {
    super(of, context);
    boolean single = of.second().count() == 1;
    this.outer = single ? of.second() : of.first();
    this.inner = single ? of.first() : of.second();
    this.outerRows = context.operand(outer.x());
    this.innerRows = context.operand(inner.x());
    this.pairs = context.operandOrNull(of.pairs());
    this.lines = of.first().lines();
    this.factor = of.factor();
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
    float[] u = outerRows.values();
    int row = outer.at(line) + p * width;
    kernels.sumWithRow(inner.count(), width, innerRows.values(), inner.at(line), u, row, hidden, 0);
    if (pairs != null) {
      kernels.add(pairs.values(), slab, hidden, 0, hidden.length);
    }
    kernels.relu(hidden, 0, hidden, 0, hidden.length);
  }

  /** Adds the gated gradient in {@link #gated} to those of the terms. */
  private void carry(int line, int p, int slab) {
    if (outerRows.needsGradient()) {
      int row = outer.at(line) + p * width;
      kernels.addColumnSums(inner.count(), width, gated, 0, outerRows.gradients(), row);
    }
    if (innerRows.needsGradient()) {
      kernels.add(gated, 0, innerRows.gradients(), inner.at(line), gated.length);
    }
    if (pairs != null && pairs.needsGradient()) {
      kernels.add(gated, 0, pairs.gradients(), slab, gated.length);
    }
  }

  /** Where the pairs of an outer row begin. */
  private int slab(int model, int p) {
    return (model * outer.count() + p) * inner.size();
  }
}
