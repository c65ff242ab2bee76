package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.metanet.ParameterPlaces;
import io.gradzoo.engine.network.AffineLayer;

/**
 * Where the rows of a layer's kernels lie: among the flat parameters, and among the edge features
 * of one network. A kernel smaller than the largest is centred, a dense weight comes first.
 */
final class KernelRows {
  private final int side;
  private final int numbers;
  private final int[] parameters;
  private final int[] edges;

  KernelRows(AffineLayer layer, GraphLayout layout) {
    side = layer.kernel();
    numbers = layer.in() * layer.out() * layout.edgeWidth();
    parameters = new int[layer.in() * layer.out() * side];
    edges = new int[parameters.length];
    int margin = layer.convolution() ? (layout.kernel() - side) / 2 : 0;
    int at = 0;
    for (int source = 0; source < layer.in(); source++) {
      for (int target = 0; target < layer.out(); target++) {
        int edge = (source * layer.out() + target) * layout.edgeWidth();
        int weight = layer.weightOffset() + (target * layer.in() + source) * side * side;
        for (int row = 0; row < side; row++, at++) {
          edges[at] = edge + (margin + row) * layout.kernel() + margin;
          parameters[at] = weight + row * side;
        }
      }
    }
  }

  /** Copies a network's kernels to the edge features of a slot; what surrounds them stays. */
  void write(int slot, float[] from, float[] edgeFeatures) {
    for (int i = 0; i < edges.length; i++) {
      int to = slot * numbers + edges[i];
      for (int j = 0; j < side; j++) {
        edgeFeatures[to + j] = from[parameters[i] + j];
      }
    }
  }

  /** Index into the flat parameters of every number of one network's edge features. */
  int[] places() {
    int[] places = ParameterPlaces.none(numbers);
    for (int i = 0; i < edges.length; i++) {
      for (int j = 0; j < side; j++) {
        places[edges[i] + j] = parameters[i] + j;
      }
    }
    return places;
  }

  /** Copies the edge features of a slot to a network's kernels. */
  void read(int slot, float[] edgeFeatures, float[] to) {
    for (int i = 0; i < edges.length; i++) {
      System.arraycopy(edgeFeatures, slot * numbers + edges[i], to, parameters[i], side);
    }
  }
}
