package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.tensor.GridAxis;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * One layer of message passing (ScaleGMN eq. 5, 6, 13, 14): messages, their sums at the receiving
 * nodes, the node update, and the edge update from the nodes as they were before.
 *
 * @param forward messages from inputs to outputs
 * @param backward messages from outputs to inputs, or null
 * @param nodes node update
 * @param edges edge update, or null in a last layer whose edges nothing reads
 * @param backwardEdges edge update of the backward direction, or null
 * @param products of nodes that are added to the edges, or null
 * @param skip linear map around the layer, [d, d], or null
 */
record MessagePassing(
    ScaleGmnConfig config,
    Messages forward,
    Messages backward,
    NodeUpdate nodes,
    EdgeUpdate edges,
    EdgeUpdate backwardEdges,
    EdgeProducts products,
    Parameter skip) {

  /** Registers layer t of a metanetwork, by the public code's names. */
  static MessagePassing register(
      ParameterLayout layout, GraphLayout graph, int t, ScaleGmnConfig config) {
    boolean last = t == config.layers() - 1;
    boolean both = config.bidirectional();
    int d = config.width();
    int nodeWidth = last && !config.invariant() ? 1 : d;
    int lastEdgeWidth = config.invariant() ? 0 : graph.edgeWidth();
    int edgeWidth = last ? lastEdgeWidth : d;
    String layer = "gnn.fw_layers." + t;
    Messages forward = Messages.register(layout, layer, config);
    Messages backward = both ? Messages.register(layout, "gnn.bw_layers." + t, config) : null;
    NodeUpdate nodes =
        NodeUpdate.register(
            layout,
            both ? "gnn.update_node_feats_fn." + t : layer + ".update_node_feats_fn",
            nodeWidth,
            config);
    EdgeUpdate edges =
        edgeWidth == 0
            ? null
            : EdgeUpdate.register(
                layout,
                both ? "gnn.fw_update_edge_attr_fn." + t : layer + ".update_edge_attr_fn",
                edgeWidth,
                config);
    EdgeUpdate backwardEdges =
        both && edgeWidth > 0 && config.symmetry() == RescalingGroup.SCALE
            ? EdgeUpdate.register(layout, "gnn.bw_update_edge_attr_fn." + t, edgeWidth, config)
            : null;
    EdgeProducts products =
        last && config.products()
            ? EdgeProducts.register(layout, "gnn.edge_products", edgeWidth, config)
            : null;
    boolean skips = config.skipConnections() && (config.invariant() || !last);
    Parameter skip =
        skips
            ? layout.add("gnn.skip_layers." + t + ".weight", Initialization.linear(d), d, d)
            : null;
    return new MessagePassing(
        config, forward, backward, nodes, edges, backwardEdges, products, skip);
  }

  /** The features after this layer. */
  Features apply(Tape tape, RescalingGroup symmetry, Features h, List<Tensor> positions) {
    List<Tensor> newNodes = new ArrayList<>();
    for (int l = 0; l <= h.depth(); l++) {
      newNodes.add(updateNodes(tape, symmetry, h, positions, l));
    }
    return new Features(
        newNodes,
        edges == null
            ? h.edges()
            : withProducts(
                tape,
                symmetry,
                h,
                updateEdges(tape, symmetry, h, edges, h.edges(), EdgeUpdate.Flow.FORWARD)),
        backwardEdges == null
            ? h.backwardEdges()
            : updateEdges(
                tape, symmetry, h, backwardEdges, h.backwardEdges(), EdgeUpdate.Flow.BACKWARD));
  }

  private Tensor updateNodes(
      Tape tape, RescalingGroup symmetry, Features h, List<Tensor> positions, int l) {
    Tensor old = h.nodes().get(l);
    Tensor fromBelow = receiveFromBelow(tape, symmetry, h, positions, l);
    Tensor input =
        backward == null
            ? tape.concatenate(old, fromBelow)
            : tape.concatenate(old, fromBelow, receiveFromAbove(tape, symmetry, h, positions, l));
    Tensor[] extra =
        config.positions().inUpdates() ? new Tensor[] {positions.get(l)} : FeatureLists.NONE;
    Tensor updated = nodes.apply(tape, symmetry, Site.of(l, h.depth()), input, extra);
    Tensor sum = skip == null ? updated : tape.sum(tape.linear(skip.matrix(), old), updated);
    return tape.dropout(sum, config.dropout());
  }

  /** Sum of the forward messages at the nodes of layer l; zero at the input nodes. */
  private Tensor receiveFromBelow(
      Tape tape, RescalingGroup symmetry, Features h, List<Tensor> positions, int l) {
    if (l == 0) {
      return tape.zeros(h.inputs().rows(), config.width());
    }
    Tensor sender = h.nodes().get(l - 1);
    Tensor edgeFeatures = h.edges().get(l - 1);
    Tensor[] extra =
        edgePositions(tape, positions, l - 1, backward == null ? GridAxis.SECOND : GridAxis.FIRST);
    Tensor messages =
        forward.apply(
            tape, symmetry, sender, GridAxis.FIRST, Site.of(l, h.depth()), edgeFeatures, extra);
    return tape.gridSum(messages, sender.rows(), GridAxis.FIRST);
  }

  /** Sum of the backward messages at the nodes of layer l; zero at the output nodes. */
  private Tensor receiveFromAbove(
      Tape tape, RescalingGroup symmetry, Features h, List<Tensor> positions, int l) {
    if (l == h.depth()) {
      return tape.zeros(h.outputs().rows(), config.width());
    }
    Tensor sender = h.nodes().get(l + 1);
    Tensor edgeFeatures = h.backwardEdges().get(l);
    Tensor[] extra = edgePositions(tape, positions, l, GridAxis.SECOND);
    Tensor messages =
        backward.apply(
            tape, symmetry, sender, GridAxis.SECOND, Site.of(l, h.depth()), edgeFeatures, extra);
    return tape.gridSum(messages, h.nodes().get(l).rows(), GridAxis.SECOND);
  }

  /** Encodings of the nodes at one end of the edges of affine layer l, one row per edge. */
  private Tensor[] edgePositions(Tape tape, List<Tensor> positions, int l, GridAxis end) {
    if (!config.positions().inMessages()) {
      return FeatureLists.NONE;
    }
    Tensor first = positions.get(l);
    Tensor second = positions.get(l + 1);
    return new Tensor[] {
      end == GridAxis.FIRST
          ? tape.gridAdd(
              tape.zeros(first.rows() * second.rows(), first.width()), first, GridAxis.FIRST)
          : tape.gridAdd(
              tape.zeros(first.rows() * second.rows(), first.width()), second, GridAxis.SECOND)
    };
  }

  private static List<Tensor> updateEdges(
      Tape tape,
      RescalingGroup symmetry,
      Features h,
      EdgeUpdate update,
      List<Tensor> old,
      EdgeUpdate.Flow flow) {
    List<Tensor> nodes = new ArrayList<>();
    for (Tensor layer : h.nodes()) {
      nodes.add(update.nodes(tape, symmetry, layer));
    }
    List<Tensor> updated = new ArrayList<>();
    for (int l = 0; l < h.depth(); l++) {
      updated.add(update.apply(tape, nodes.get(l), nodes.get(l + 1), old.get(l), flow));
    }
    return updated;
  }

  private List<Tensor> withProducts(
      Tape tape, RescalingGroup symmetry, Features h, List<Tensor> gated) {
    if (products == null) {
      return gated;
    }
    List<Tensor> sums = new ArrayList<>();
    for (int l = 0; l < h.depth(); l++) {
      Tensor product =
          products.apply(
              tape, symmetry, h.nodes().get(l), Site.of(l, h.depth()), h.nodes().get(l + 1));
      sums.add(tape.sum(gated.get(l), product));
    }
    return sums;
  }
}
