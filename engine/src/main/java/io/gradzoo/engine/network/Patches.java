package io.gradzoo.engine.network;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;

/**
 * Patches under a convolution's kernel: {@link #unfold} writes the row of numbers that each output
 * position sees (im2col), {@link #fold} is its adjoint. Maps are [batch, height, width, channels],
 * patches [batch · positions, kernel, kernel, channels]; what lies in the padding is zero.
 *
 * <p>A patch is made of contiguous runs, one for each row of the kernel, which a table lists for
 * one sample. Short runs are cut into single numbers: copying them one by one costs less than
 * calls.
 */
final class Patches {
  /** Numbers from which on a run is copied as one. */
  private static final int LONG_RUN = 12;

  private final Kernels kernels;
  private final boolean trivial;
  private final int mapSize;
  private final int patchesSize;
  private final int run;
  private final int[] inMap;
  private final int[] inPatches;
  private final int[] lengths;

  Patches(Kernels kernels, Layer.Conv2d convolution, Shape input, Shape output) {
    int kernel = convolution.kernel();
    this.kernels = kernels;
    this.trivial = kernel == 1 && convolution.stride() == 1 && convolution.padding() == 0;
    this.mapSize = input.size();
    this.run = kernel * input.channels();
    this.patchesSize = output.positions() * kernel * run;
    int most = trivial ? 0 : output.positions() * kernel * (run < LONG_RUN ? run : 1);
    int[] froms = new int[most];
    int[] tos = new int[most];
    int[] counts = new int[most];
    int count = 0;
    for (int line = 0; line < output.positions() * kernel && !trivial; line++) {
      int position = line / kernel;
      int row =
          position / output.width() * convolution.stride() + line % kernel - convolution.padding();
      int left = position % output.width() * convolution.stride() - convolution.padding();
      int first = Math.max(left, 0);
      int length = (Math.min(left + kernel, input.width()) - first) * input.channels();
      if (row < 0 || row >= input.height() || length <= 0) {
        continue;
      }
      int from = (row * input.width() + first) * input.channels();
      int to = line * run + (first - left) * input.channels();
      int piece = run < LONG_RUN ? 1 : length;
      for (int i = 0; i < length; i += piece) {
        froms[count] = from + i;
        tos[count] = to + i;
        counts[count++] = piece;
      }
    }
    this.inMap = Arrays.copyOf(froms, count);
    this.inPatches = Arrays.copyOf(tos, count);
    this.lengths = Arrays.copyOf(counts, count);
  }

  /** Whether the patches are the map itself: one position, no gaps, no padding. */
  boolean trivial() {
    return trivial;
  }

  /**
   * @param patches written but for the padding, which must be zero
   */
  void unfold(int batch, float[] maps, float[] patches) {
    for (int n = 0; n < batch; n++) {
      int map = n * mapSize;
      int to = n * patchesSize;
      if (inMap.length == patchesSize) {
        kernels.select(inMap, maps, map, patches, to);
      } else if (run < LONG_RUN) {
        for (int i = 0; i < inMap.length; i++) {
          patches[to + inPatches[i]] = maps[map + inMap[i]];
        }
      } else {
        for (int i = 0; i < inMap.length; i++) {
          System.arraycopy(maps, map + inMap[i], patches, to + inPatches[i], lengths[i]);
        }
      }
    }
  }

  /** maps = Σ of the patches that cover each place. */
  void fold(int batch, float[] patches, float[] maps) {
    Arrays.fill(maps, 0, batch * mapSize, 0f);
    for (int n = 0; n < batch; n++) {
      int map = n * mapSize;
      int from = n * patchesSize;
      if (run < LONG_RUN) {
        for (int i = 0; i < inMap.length; i++) {
          maps[map + inMap[i]] += patches[from + inPatches[i]];
        }
      } else {
        for (int i = 0; i < inMap.length; i++) {
          kernels.add(patches, from + inPatches[i], maps, map + inMap[i], lengths[i]);
        }
      }
    }
  }
}
