package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.tensor.Tensor;
import java.util.List;

/**
 * Features of a graph beside its parameters; none where the lists are empty.
 *
 * @param edges by affine layer, [n_l · n_{l+1}, k], source-major
 * @param nodes by node layer 0 … L, [n_l, k]
 */
public record GraphFeatures(List<Tensor> edges, List<Tensor> nodes) {
  static final GraphFeatures NONE = new GraphFeatures(List.of(), List.of());

  /** Of the edges of an affine layer, or null. */
  Tensor ofEdges(int layer) {
    return edges.isEmpty() ? null : edges.get(layer);
  }

  /** Of the nodes of a node layer, or null. */
  Tensor ofNodes(int layer) {
    return nodes.isEmpty() ? null : nodes.get(layer);
  }
}
