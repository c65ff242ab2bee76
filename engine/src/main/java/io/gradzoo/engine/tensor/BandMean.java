package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;

/** {@code y[i] = mean_p x[i, p]} over the rows p of a band of each line i. */
final class BandMean extends Operation {
  private final Band band;
  private final int width;
  private final float[] row;

  BandMean(Kernels kernels, Tensor output, Band band) {
    super(kernels, output, band.x());
    this.band = band;
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
      kernels.addColumnSums(band.count(), width, band.x().values(), band.at(line), y, line * width);
    }
    kernels.scale(1f / band.count(), y, 0, y, 0, count(models));
  }

  @Override
  void adjoint(int models) {
    float[] dx = band.x().gradients();
    for (int line = 0; line < models * band.lines(); line++) {
      kernels.scale(1f / band.count(), output.gradients(), line * width, row, 0, width);
      kernels.sumWithRow(band.count(), width, dx, band.at(line), row, 0, dx, band.at(line));
    }
  }
}
