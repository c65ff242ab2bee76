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

  Tensor[] besideWeight(Tensor weight, int layer) {
    return edges.isEmpty() ? new Tensor[] {weight} : new Tensor[] {weight, edges.get(layer)};
  }

  Tensor[] besideBias(Tensor bias, int layer) {
    return nodes.isEmpty() ? new Tensor[] {bias} : new Tensor[] {bias, nodes.get(layer)};
  }
}
