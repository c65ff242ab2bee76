package io.gradzoo.engine.network;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;

/** Global average pooling in front of an affine layer, with its buffers: mean over positions. */
final class GlobalPool {
  private final Kernels kernels;
  private final int channels;
  private final int positions;
  private final float[] means;
  private final float[] mapSignals;

  /**
   * @param map shape of what is pooled
   * @param capacity largest batch
   */
  GlobalPool(Kernels kernels, Shape map, int capacity) {
    this.kernels = kernels;
    this.channels = map.channels();
    this.positions = map.positions();
    this.means = new float[capacity * channels];
    this.mapSignals = new float[capacity * map.size()];
  }

  /** [batch, channels] from [batch, positions, channels]. */
  float[] forward(int batch, float[] maps) {
    Arrays.fill(means, 0, batch * channels, 0f);
    for (int n = 0; n < batch; n++) {
      int from = n * positions * channels;
      kernels.addColumnSums(positions, channels, maps, from, means, n * channels);
    }
    kernels.scale(1f / positions, means, 0, means, 0, batch * channels);
    return means;
  }

  /** Signals of the maps, [batch, positions, channels], from those of the means. */
  float[] backward(int batch, float[] meanSignals) {
    for (int n = 0; n < batch; n++) {
      for (int position = 0; position < positions; position++) {
        int to = (n * positions + position) * channels;
        kernels.scale(1f / positions, meanSignals, n * channels, mapSignals, to, channels);
      }
    }
    return mapSignals;
  }
}
