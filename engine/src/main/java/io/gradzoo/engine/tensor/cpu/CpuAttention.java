package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Attention;
import io.gradzoo.engine.tensor.Grid;
import io.gradzoo.engine.tensor.GridAxis;

/** {@link Attention}: sequences are copied together, worked on in the cache, and copied back. */
final class CpuAttention extends CpuOperation {
  private final Grid grid;
  private final GridAxis along;
  private final int out;
  private final AttentionMaps maps;
  private final SelfAttention sequence;
  private final int keptSize;
  private final float[] kept;
  private final float[] x;
  private final float[] y;
  private final float[] dx;

  CpuAttention(Attention of, CpuContext context) {
    super(of, context);
    this.grid = of.grid();
    this.along = of.along();
    this.out = of.parameters().out();
    this.maps = new AttentionMaps(kernels, context.parameters(), of.parameters());
    this.sequence = new SelfAttention(kernels, maps, of.parameters(), length());
    this.keptSize = SelfAttention.keptSize(of.parameters(), length());
    this.kept =
        new float[keptSize * (output.needsGradient() ? context.capacity() * sequences() : 1)];
    this.x = new float[length() * grid.width()];
    this.y = new float[length() * out];
    this.dx = inputs.get(0).needsGradient() ? new float[this.x.length] : null;
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
    maps.refresh();
    float[] values = inputs.get(0).values();
    for (int s = 0; s < models * sequences(); s++) {
      gather(values, s, grid.width(), x);
      sequence.forward(x, kept, keptAt(s), y);
      scatter(y, s, out, output.values());
    }
  }

  @Override
  void adjoint(int models) {
    Operand input = inputs.get(0);
    for (int s = 0; s < models * sequences(); s++) {
      gather(input.values(), s, grid.width(), x);
      gather(output.gradients(), s, out, y);
      sequence.adjoint(x, kept, keptAt(s), y, dx);
      if (fresh(0)) {
        scatter(dx, s, grid.width(), input.gradients());
      } else if (input.needsGradient()) {
        add(dx, s, grid.width(), input.gradients());
      }
    }
    maps.carry();
  }

  private int length() {
    return along == GridAxis.FIRST ? grid.first() : grid.second();
  }

  private int sequences() {
    return along == GridAxis.FIRST ? grid.second() : grid.first();
  }

  private int keptAt(int s) {
    return kept.length == keptSize ? 0 : s * keptSize;
  }

  /** The first row of a sequence, counted over all models. */
  private int start(int s) {
    return along == GridAxis.SECOND
        ? s * grid.second()
        : s / grid.second() * grid.first() * grid.second() + s % grid.second();
  }

  /** Rows from one of a sequence to its next. */
  private int step() {
    return along == GridAxis.SECOND ? 1 : grid.second();
  }

  private void gather(float[] tensor, int s, int width, float[] rows) {
    int at = start(s) * width;
    for (int i = 0; i < length(); i++, at += step() * width) {
      System.arraycopy(tensor, at, rows, i * width, width);
    }
  }

  private void scatter(float[] rows, int s, int width, float[] tensor) {
    int at = start(s) * width;
    for (int i = 0; i < length(); i++, at += step() * width) {
      System.arraycopy(rows, i * width, tensor, at, width);
    }
  }

  private void add(float[] rows, int s, int width, float[] tensor) {
    int at = start(s) * width;
    for (int i = 0; i < length(); i++, at += step() * width) {
      kernels.add(rows, i * width, tensor, at, width);
    }
  }
}
