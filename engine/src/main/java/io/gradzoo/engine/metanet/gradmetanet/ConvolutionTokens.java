package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.Layer;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/**
 * What one affine layer of a target network puts on a tape: for each input channel its patches, for
 * each output channel its signals, one token for each position; and for each edge and node its
 * parameters with two moments of their gradients.
 */
final class ConvolutionTokens {
  private final AffineLayer layer;
  private final ConvolutionSetLayout layout;
  private final int setSize;
  private final int positions;
  private final int patch;
  private final Tensor patches;
  private final Tensor signals;
  private final Tensor edges;
  private final Tensor nodes;

  ConvolutionTokens(Tape tape, AffineLayer layer, ConvolutionSetLayout layout, int setSize) {
    this.layer = layer;
    this.layout = layout;
    this.setSize = setSize;
    this.positions = layer.convolution() ? layer.output().positions() : 1;
    this.patch = layer.kernel() * layer.kernel();
    this.patches = tape.input(positions * setSize * layer.in(), patch);
    this.signals = tape.input(positions * setSize * layer.out(), 1);
    this.edges = tape.input(layer.out() * layer.in(), ConvolutionSetLayout.VECTORS * patch);
    this.nodes = tape.input(layer.out(), ConvolutionSetLayout.VECTORS);
  }

  /** Whether the layer is a convolution, whose inputs are patches. */
  boolean convolution() {
    return layer.convolution();
  }

  /** Positions T of the layer's output; 1 for a dense layer. */
  int positions() {
    return positions;
  }

  /** [T · setSize · in, kernel²], position by position. */
  Tensor patches() {
    return patches;
  }

  /** [T · setSize · out, 1]. */
  Tensor signals() {
    return signals;
  }

  /** Weights, their mean gradients and the roots of the mean squares: [out · in, 3 · kernel²]. */
  Tensor edges() {
    return edges;
  }

  /** The same for biases, [out, 3]. */
  Tensor nodes() {
    return nodes;
  }

  /** Writes this layer's part of an example. */
  void write(int slot, float[] example) {
    if (layer.layer() instanceof Layer.Conv2d convolution) {
      writePatches(slot, example, convolution);
    } else {
      int count = setSize * layer.in();
      System.arraycopy(
          example, layout.inputs(layer.index()), patches.values(), slot * count, count);
    }
    writeSignals(slot, example);
    writeParameters(slot, example);
  }

  private void writePatches(int slot, float[] example, Layer.Conv2d convolution) {
    int width = layer.output().width();
    float[] rows = patches.values();
    int to = slot * positions * setSize * layer.in() * patch;
    for (int t = 0; t < positions; t++) {
      int top = t / width * convolution.stride() - convolution.padding();
      int left = t % width * convolution.stride() - convolution.padding();
      int map = layout.inputs(layer.index());
      for (int c = 0; c < setSize * layer.in(); c++) {
        for (int i = 0; i < patch; i++, to++) {
          int row = top + i / layer.kernel();
          int column = left + i % layer.kernel();
          rows[to] = inside(row, column) ? example[map + row * inputWidth() + column] : 0f;
        }
        map += layer.input().positions();
      }
    }
  }

  private boolean inside(int row, int column) {
    return row >= 0 && row < layer.input().height() && column >= 0 && column < inputWidth();
  }

  private int inputWidth() {
    return layer.input().width();
  }

  private void writeSignals(int slot, float[] example) {
    int out = layer.out();
    int from = layout.signals(layer.index());
    int to = slot * positions * setSize * out;
    for (int t = 0; t < positions; t++) {
      for (int n = 0; n < setSize; n++, to += out) {
        int at = from + (n * positions + t) * out;
        System.arraycopy(example, at, signals.values(), to, out);
      }
    }
  }

  private void writeParameters(int slot, float[] example) {
    int pairs = layer.out() * layer.in();
    for (int which = 0; which < ConvolutionSetLayout.VECTORS; which++) {
      int weights = layout.vector(which) + layer.weightOffset();
      for (int e = 0; e < pairs; e++) {
        int to = ((slot * pairs + e) * ConvolutionSetLayout.VECTORS + which) * patch;
        System.arraycopy(example, weights + e * patch, edges.values(), to, patch);
      }
      int biases = layout.vector(which) + layer.biasOffset();
      for (int o = 0; o < layer.out(); o++) {
        nodes.values()[(slot * layer.out() + o) * ConvolutionSetLayout.VECTORS + which] =
            example[biases + o];
      }
    }
  }
}
