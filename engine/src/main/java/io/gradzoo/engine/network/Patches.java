package io.gradzoo.engine.network;

import java.util.Arrays;

/**
 * Patches under a convolution's kernel: {@link #unfold} writes the row of numbers that each output
 * position sees (im2col), {@link #fold} is its adjoint. Maps are [batch, height, width, channels],
 * patches [batch · positions, kernel, kernel, channels]; what lies in the padding is zero.
 */
final class Patches {
  private final int channels;
  private final int height;
  private final int width;
  private final int outHeight;
  private final int outWidth;
  private final int kernel;
  private final int stride;
  private final int padding;

  Patches(Layer.Conv2d convolution, Shape input, Shape output) {
    this.channels = input.channels();
    this.height = input.height();
    this.width = input.width();
    this.outHeight = output.height();
    this.outWidth = output.width();
    this.kernel = convolution.kernel();
    this.stride = convolution.stride();
    this.padding = convolution.padding();
  }

  /** Whether the patches are the map itself: one position, no gaps, no padding. */
  boolean trivial() {
    return kernel == 1 && stride == 1 && padding == 0;
  }

  void unfold(int batch, float[] maps, float[] patches) {
    int run = kernel * channels;
    int to = 0;
    for (int n = 0; n < batch; n++) {
      for (int y = 0; y < outHeight; y++) {
        for (int x = 0; x < outWidth; x++) {
          for (int i = 0; i < kernel; i++, to += run) {
            int first = firstColumn(x);
            int last = lastColumn(x);
            int row = y * stride + i - padding;
            if (row < 0 || row >= height || first >= last) {
              Arrays.fill(patches, to, to + run, 0f);
              continue;
            }
            int start = to + (first - x * stride + padding) * channels;
            int count = (last - first) * channels;
            int from = ((n * height + row) * width + first) * channels;
            Arrays.fill(patches, to, start, 0f);
            System.arraycopy(maps, from, patches, start, count);
            Arrays.fill(patches, start + count, to + run, 0f);
          }
        }
      }
    }
  }

  /** maps = Σ of the patches that cover each place. */
  void fold(int batch, float[] patches, float[] maps) {
    Arrays.fill(maps, 0, batch * height * width * channels, 0f);
    int run = kernel * channels;
    int at = 0;
    for (int n = 0; n < batch; n++) {
      for (int y = 0; y < outHeight; y++) {
        for (int x = 0; x < outWidth; x++) {
          for (int i = 0; i < kernel; i++, at += run) {
            int first = firstColumn(x);
            int last = lastColumn(x);
            int row = y * stride + i - padding;
            if (row < 0 || row >= height || first >= last) {
              continue;
            }
            int start = at + (first - x * stride + padding) * channels;
            int count = (last - first) * channels;
            int to = ((n * height + row) * width + first) * channels;
            for (int c = 0; c < count; c++) {
              maps[to + c] += patches[start + c];
            }
          }
        }
      }
    }
  }

  /** First column of the map that the patch at output column x covers. */
  private int firstColumn(int x) {
    return Math.max(x * stride - padding, 0);
  }

  /** One past the last column of the map that the patch at output column x covers. */
  private int lastColumn(int x) {
    return Math.min(x * stride - padding + kernel, width);
  }
}
