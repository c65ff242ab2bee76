package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Patches;
import io.gradzoo.engine.tensor.Window;
import java.util.Arrays;

/** {@link Patches}. */
final class CpuPatches extends CpuOperation {
  /** Of numbers in the padding. */
  private static final int OUTSIDE = -1;

  private final int samples;
  private final int sampleSize;

  /** Where in its sample each number of a sample's patches comes from. */
  private final int[] sources;

  CpuPatches(Patches of, CpuContext context) {
    super(of, context);
    Window window = of.window();
    this.samples = of.samples();
    this.sampleSize = window.channels() * window.mapSize();
    this.sources = sources(window);
  }

  private static int[] sources(Window window) {
    int[] sources = new int[window.places() * window.seen()];
    Arrays.fill(sources, OUTSIDE);
    int side = window.side();
    for (int i = 0; i < sources.length; i++) {
      int place = i / window.seen();
      int seen = i % window.seen();
      int top = place / window.placesAcross() * window.stride() - window.padding();
      int left = place % window.placesAcross() * window.stride() - window.padding();
      int y = top + seen / side % side;
      int x = left + seen % side;
      if (y >= 0 && y < window.height() && x >= 0 && x < window.width()) {
        sources[i] = seen / (side * side) * window.mapSize() + y * window.width() + x;
      }
    }
    return sources;
  }

  @Override
  boolean readsOutput() {
    return false;
  }

  @Override
  void forward(int models) {
    float[] x = inputs.get(0).values();
    float[] y = output.values();
    for (int sample = 0; sample < models * samples; sample++) {
      int xo = sample * sampleSize;
      int yo = sample * sources.length;
      for (int i = 0; i < sources.length; i++) {
        y[yo + i] = sources[i] == OUTSIDE ? 0f : x[xo + sources[i]];
      }
    }
  }

  @Override
  void adjoint(int models) {
    if (!inputs.get(0).needsGradient()) {
      return;
    }
    float[] dx = inputs.get(0).gradients();
    float[] dy = output.gradients();
    for (int sample = 0; sample < models * samples; sample++) {
      int xo = sample * sampleSize;
      int yo = sample * sources.length;
      for (int i = 0; i < sources.length; i++) {
        if (sources[i] != OUTSIDE) {
          dx[xo + sources[i]] += dy[yo + i];
        }
      }
    }
  }
}
