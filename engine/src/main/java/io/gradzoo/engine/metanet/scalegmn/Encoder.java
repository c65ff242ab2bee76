package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * From raw biases and kernels to the first features: a linear projection without bias, then
 * positional encodings of the nodes' and perhaps the edges' types (ScaleGMN §4, "graph
 * initialisation").
 *
 * @param node projection of biases
 * @param edge projection of kernels
 * @param nodeTable encodings by node type
 * @param network encoder of hidden nodes, or null where the encoding is multiplied
 * @param edgeTable encodings by edge type, or null for none
 */
record Encoder(
    ScaleGmnConfig config,
    Projection node,
    Projection edge,
    Parameter nodeTable,
    EquivariantNet network,
    Parameter edgeTable) {

  static Encoder register(
      ParameterLayout layout, GraphLayout graph, ScaleGmnConfig config, int features) {
    int d = config.width();
    ScaleGmnConfig.Positions positions = config.positions();
    boolean equivariant =
        positions.hidden() == ScaleGmnConfig.HiddenEncoding.EQUIVARIANT_NETWORK
            && config.symmetry() != RescalingGroup.PERMUTATION;
    Projection node = Projection.register(layout, "bias", config, 1, features);
    Projection edge = Projection.register(layout, "weight", config, graph.edgeWidth(), features);
    Parameter nodeTable =
        layout.add(
            "positional_embeddings.pos_embed", Initialization.normal(), graph.nodeTypes(), d);
    EquivariantNet network =
        equivariant
            ? EquivariantNet.register(
                layout, "positional_embeddings.init_fn", d, d, d, positions.networks(), config)
            : null;
    Parameter edgeTable =
        positions.edges()
            ? layout.add(
                "positional_embeddings_edge.pos_embed",
                Initialization.normal(),
                graph.edgeTypes(),
                d)
            : null;
    return new Encoder(config, node, edge, nodeTable, network, edgeTable);
  }

  /** The features before the first layer. */
  Features apply(Tape tape, Graph graph, Activation activation, GraphFeatures features) {
    RescalingGroup symmetry = config.symmetry().actingOn(activation);
    List<Tensor> nodes = new ArrayList<>();
    for (int l = 0; l <= graph.depth(); l++) {
      Tensor projected = node.apply(tape, graph.bias(l), features.ofNodes(l));
      nodes.add(encode(tape, symmetry, Site.of(l, graph.depth()), projected, graph.nodeTypes(l)));
    }
    List<Tensor> edges = new ArrayList<>();
    List<Tensor> backward = new ArrayList<>();
    boolean reciprocal =
        symmetry == RescalingGroup.SCALE && !config.reference() && !config.balanced(symmetry);
    for (int l = 0; l < graph.depth(); l++) {
      int[] types = edgeTypes(graph, l);
      Tensor further = features.ofEdges(l);
      Tensor forward = encodeEdges(tape, types, graph.weight(l), further);
      edges.add(forward);
      if (config.bidirectional()) {
        backward.add(
            reciprocal
                ? encodeEdges(tape, types, tape.reciprocal(graph.weight(l)), further)
                : forward);
      }
    }
    return new Features(nodes, edges, backward);
  }

  private Tensor encode(Tape tape, RescalingGroup symmetry, Site site, Tensor h, int[] types) {
    if (symmetry == RescalingGroup.PERMUTATION
        || (site != Site.HIDDEN && config.positions().sumOnBoundary())) {
      return tape.addLookup(h, nodeTable, types);
    }
    return site == Site.HIDDEN && network != null
        ? network.apply(tape, symmetry, site, h, tape.lookup(nodeTable, types))
        : tape.multiplyLookup(h, nodeTable, types);
  }

  private Tensor encodeEdges(Tape tape, int[] types, Tensor raw, Tensor further) {
    Tensor projected = edge.apply(tape, raw, further);
    if (edgeTable == null) {
      return projected;
    }
    return config.symmetry() == RescalingGroup.PERMUTATION
        ? tape.addLookup(projected, edgeTable, types)
        : tape.multiplyLookup(projected, edgeTable, types);
  }

  private int[] edgeTypes(Graph graph, int layer) {
    return config.reference() && layer == graph.depth() - 1
        ? graph.outputMajorEdgeTypes()
        : graph.edgeTypes(layer);
  }
}
