package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.tensor.Tensor;
import java.util.List;

/**
 * The features of a graph between two message-passing layers.
 *
 * @param nodes by node layer 0 … L, [n_l, d]
 * @param edges by affine layer, [n_l · n_{l+1}, d]
 * @param backwardEdges the same for messages from outputs to inputs; empty where there are none
 */
record Features(List<Tensor> nodes, List<Tensor> edges, List<Tensor> backwardEdges) {
  int depth() {
    return edges.size();
  }

  Tensor inputs() {
    return nodes.get(0);
  }

  Tensor outputs() {
    return nodes.get(depth());
  }
}
