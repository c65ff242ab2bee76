package io.gradzoo.datasets.smallcnn;

import java.util.List;

/**
 * A layer of the small CNN zoo's networks.
 *
 * @param kernel shape [height, width, in, out] of a convolution, [in, out] of a dense layer
 */
public record ZooLayer(List<Integer> kernel) {
  public ZooLayer {
    kernel = List.copyOf(kernel);
  }

  /** Whether it is a convolution. */
  public boolean convolution() {
    return kernel.size() == 4;
  }

  /** Count of its outputs. */
  public int out() {
    return kernel.get(kernel.size() - 1);
  }

  /** Count of its inputs. */
  public int in() {
    return kernel.get(kernel.size() - 2);
  }

  /** Count of its numbers, bias included. */
  int size() {
    return out() + positions() * in() * out();
  }

  /** Count of a kernel's positions. */
  public int positions() {
    return convolution() ? kernel.get(0) * kernel.get(1) : 1;
  }

  /** The layer in this program's words. */
  String stage() {
    return convolution() ? "conv" + out() + "k" + kernel.get(0) + "s2p0" : "dense" + out();
  }

  /** Writes where each number of this program's order lies, see {@link ZooLayout#order}. */
  void order(int[] order, int start) {
    int next = start;
    for (int to = 0; to < out(); to++) {
      for (int from = 0; from < in(); from++) {
        for (int position = 0; position < positions(); position++) {
          order[next++] = start + out() + (position * in() + from) * out() + to;
        }
      }
    }
    for (int to = 0; to < out(); to++) {
      order[next++] = start + to;
    }
  }
}
