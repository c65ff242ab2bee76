package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Band;
import io.gradzoo.engine.tensor.BandMean;
import java.util.Arrays;

/** {@link BandMean}. */
final class CpuBandMean extends CpuOperation {
  private final Band band;
  private final int width;
  private final float[] row;

  CpuBandMean(BandMean of, CpuContext context) {
    super(of, context);
    this.band = of.band();
    this.width = output.width();
    this.row = new float[width];
  }

  @Override
  boolean readsOutput() {
    return false;
  }

  @Override
  void forward(int models) {
    float[] y = output.values();
    Arrays.fill(y, 0, count(models), 0f);
    for (int line = 0; line < models * band.lines(); line++) {
      kernels.addColumnSums(
          band.count(), width, inputs.get(0).values(), band.at(line), y, line * width);
    }
    kernels.scale(1f / band.count(), y, 0, y, 0, count(models));
  }

  @Override
  void adjoint(int models) {
    float[] dx = inputs.get(0).gradients();
    for (int line = 0; line < models * band.lines(); line++) {
      kernels.scale(1f / band.count(), output.gradients(), line * width, row, 0, width);
      kernels.sumWithRow(band.count(), width, dx, band.at(line), row, 0, dx, band.at(line));
    }
  }
}
