package io.gradzoo.engine.network;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;

/** Global average pooling: maps without a border become rows of means over positions. */
final class GlobalPool implements LayerTransition {
  private static final int LANES = Kernels.LANES;

  private final Kernels kernels;
  private final int channels;
  private final int positions;
  private final float[] lanes;
  private final RowBuffer means;
  private final RowBuffer signals;

  /**
   * @param map shape of what is pooled
   * @param capacity largest batch
   */
  GlobalPool(Kernels kernels, Shape map, int capacity) {
    this.kernels = kernels;
    this.channels = map.channels();
    this.positions = map.positions();
    this.lanes = new float[channels * LANES];
    this.means = new RowBuffer(channels, capacity);
    this.signals = new RowBuffer(channels, capacity);
  }

  /** [batch, channels]. */
  @Override
  public RowBuffer outputs() {
    return means;
  }

  @Override
  public RowBuffer signals() {
    return signals;
  }

  @Override
  public void forward(int batch, BatchBuffer inputs) {
    LaneMaps maps = (LaneMaps) inputs;
    for (int sheet = 0; sheet < LaneMaps.sheets(batch); sheet++) {
      Arrays.fill(lanes, 0f);
      kernels.addColumnSums(positions, lanes.length, maps.numbers(), maps.sheet(sheet), lanes, 0);
      kernels.scale(1f / positions, lanes, 0, lanes, 0, lanes.length);
      int to = sheet * LANES * channels;
      int samples = LaneMaps.lanes(batch, sheet);
      kernels.transpose(channels, samples, lanes, 0, LANES, means.numbers(), to, channels);
    }
  }

  @Override
  public void backward(int batch, BatchBuffer inputSignals) {
    LaneMaps maps = (LaneMaps) inputSignals;
    for (int sheet = 0; sheet < LaneMaps.sheets(batch); sheet++) {
      Arrays.fill(lanes, 0f);
      int from = sheet * LANES * channels;
      int samples = LaneMaps.lanes(batch, sheet);
      kernels.transpose(samples, channels, signals.numbers(), from, channels, lanes, 0, LANES);
      for (int position = 0; position < positions; position++) {
        int to = maps.sheet(sheet) + position * lanes.length;
        kernels.scale(1f / positions, lanes, 0, maps.numbers(), to, lanes.length);
      }
    }
  }
}
