package io.gradzoo.jobs.table;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.transformer.TransformerLayer;

/** Shapes of the weights that a layer has, as tables name them. */
final class WeightShape {
  private WeightShape() {}

  /** [out, in, kernel, kernel] of a convolution, else [out, in]. */
  static int[] of(AffineLayer layer) {
    return layer.convolution()
        ? new int[] {layer.out(), layer.in(), layer.kernel(), layer.kernel()}
        : new int[] {layer.out(), layer.in()};
  }

  /** [out, in] of a map, [width] of a norm's gain, [rows, width] of an embedding's table. */
  static int[] of(TransformerLayer layer) {
    int in = layer.in().width();
    int out = layer.out().width();
    if (layer instanceof TransformerLayer.Normalization) {
      return new int[] {out};
    }
    return layer instanceof TransformerLayer.Embedding ? new int[] {in, out} : new int[] {out, in};
  }
}
