package io.gradzoo.engine.network;

import io.gradzoo.engine.kernel.Kernels;

/**
 * The two orders of numbers that belong to channels and places: stored parameters, inputs and
 * factors are channel-major (channel, place), the batch buffers place-major (place, channel), which
 * turns a patch of an image into a few contiguous copies. A place is a position of a map or a
 * position inside a kernel.
 */
record ChannelOrder(int channels, int places) {

  int size() {
    return channels * places;
  }

  /** Whether both orders are the same. */
  boolean trivial() {
    return channels == 1 || places == 1;
  }

  /** Where each number of a channel-major row lies in a place-major one: [size]. */
  int[] channelMajor() {
    int[] at = new int[size()];
    for (int i = 0; i < at.length; i++) {
      at[i] = i % places * channels + i / places;
    }
    return at;
  }

  /** place-major [rows, size] from channel-major [rows, size]. */
  void toPlaceMajor(int rows, float[] from, int fromOffset, float[] to, int toOffset) {
    reorder(rows, places, channels, from, fromOffset, to, toOffset);
  }

  /** channel-major [rows, size] from place-major [rows, size]. */
  void toChannelMajor(int rows, float[] from, int fromOffset, float[] to, int toOffset) {
    reorder(rows, channels, places, from, fromOffset, to, toOffset);
  }

  /** Transposed and place-major [size, out] from a stored weight [out, size]. */
  void transposeWeight(
      Kernels kernels, int out, float[] weight, int weightOffset, float[] transposed) {
    if (places == 1) {
      kernels.transpose(out, channels, weight, weightOffset, channels, transposed, 0, out);
      return;
    }
    for (int place = 0; place < places; place++) {
      for (int channel = 0; channel < channels; channel++) {
        int row = (place * channels + channel) * out;
        int from = weightOffset + channel * places + place;
        for (int o = 0; o < out; o++) {
          transposed[row + o] = weight[from + o * size()];
        }
      }
    }
  }

  /** to[row, i, j] = from[row, j, i] for i < outer, j < inner. */
  private void reorder(
      int rows, int outer, int inner, float[] from, int fromOffset, float[] to, int toOffset) {
    if (trivial()) {
      System.arraycopy(from, fromOffset, to, toOffset, rows * size());
      return;
    }
    for (int row = 0; row < rows; row++) {
      int source = fromOffset + row * size();
      int target = toOffset + row * size();
      for (int j = 0; j < inner; j++) {
        for (int i = 0; i < outer; i++) {
          to[target + i * inner + j] = from[source + j * outer + i];
        }
      }
    }
  }
}
