package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.metanet.Mlp;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/** From the last features to one vector that no symmetry changes (ScaleGMN eq. 9). */
sealed interface Readout {

  /**
   * @return [1, outputs]
   */
  Tensor apply(Tape tape, RescalingGroup symmetry, Features h);

  static Readout register(
      ParameterLayout layout,
      GraphLayout graph,
      ScaleGmnConfig config,
      ScaleGmnHead.Invariant head) {
    int d = config.width();
    boolean full = head.readout() == ScaleGmnConfig.ReadoutNodes.FULL_GRAPH;
    if (full && config.symmetry() == RescalingGroup.PERMUTATION) {
      return new AllNodes(
          Mlp.register(layout, "gnn.readout.local_mlp", d, d, config.style()),
          Mlp.register(layout, "gnn.readout.global_mlp", d, head.outputs(), config.style()));
    }
    if (full) {
      return FullGraph.register(layout, graph, config, head.outputs());
    }
    return config.bidirectional()
        ? BothEnds.register(layout, graph, config, head.outputs())
        : new OutputNodes(
            Mlp.register(
                layout, "gnn.readout.rho", graph.outputs() * d, head.outputs(), config.style()));
  }

  /** A perceptron of the output nodes in their order. */
  record OutputNodes(Mlp rho) implements Readout {
    @Override
    public Tensor apply(Tape tape, RescalingGroup symmetry, Features h) {
      return rho.apply(tape, h.outputs().flatten());
    }
  }

  /** A perceptron of projections of the output and of the input nodes. */
  record BothEnds(Parameter last, Parameter lastBias, Parameter first, Parameter firstBias, Mlp rho)
      implements Readout {
    static BothEnds register(
        ParameterLayout layout, GraphLayout graph, ScaleGmnConfig config, int outputs) {
      int d = config.width();
      int fromFirst = graph.inputs() * d;
      int fromLast = graph.outputs() * d;
      Mlp rho = Mlp.register(layout, "gnn.readout.rho", 2 * d, outputs, config.style());
      return new BothEnds(
          layout.add("gnn.project_last.weight", Initialization.linear(fromLast), d, fromLast),
          layout.add("gnn.project_last.bias", Initialization.linear(fromLast), d),
          layout.add("gnn.project_first.weight", Initialization.linear(fromFirst), d, fromFirst),
          layout.add("gnn.project_first.bias", Initialization.linear(fromFirst), d),
          rho);
    }

    @Override
    public Tensor apply(Tape tape, RescalingGroup symmetry, Features h) {
      return rho.apply(
          tape,
          tape.affine(last.matrix(), lastBias, h.outputs().flatten()),
          tape.affine(first.matrix(), firstBias, h.inputs().flatten()));
    }
  }

  /**
   * A perceptron of the summed invariants of the hidden nodes and of the input and output nodes in
   * their order.
   */
  record FullGraph(BySymmetry<InvariantLayer> invariant, Mlp global) implements Readout {
    static FullGraph register(
        ParameterLayout layout, GraphLayout graph, ScaleGmnConfig config, int outputs) {
      int d = config.width();
      if (config.reference()) {
        Mlp.register(layout, "gnn.readout.phi", d, d, config.style());
      }
      BySymmetry<InvariantLayer> invariant =
          BySymmetry.register(
              config.symmetry(),
              "gnn.readout",
              (name, symmetry) -> InvariantLayer.register(layout, name, symmetry, d, 0, d, config));
      int in = d * (1 + graph.inputs() + graph.outputs());
      return new FullGraph(
          invariant, Mlp.register(layout, "gnn.readout.global_mlp", in, outputs, config.style()));
    }

    @Override
    public Tensor apply(Tape tape, RescalingGroup symmetry, Features h) {
      Tensor[] layers = new Tensor[h.depth() - 1];
      for (int l = 1; l < h.depth(); l++) {
        layers[l - 1] = tape.sumRows(invariant.select(symmetry).apply(tape, h.nodes().get(l)));
      }
      return global.apply(tape, tape.sum(layers), h.inputs().flatten(), h.outputs().flatten());
    }
  }

  /** A perceptron of the sum of a perceptron over all nodes. */
  record AllNodes(Mlp local, Mlp global) implements Readout {
    @Override
    public Tensor apply(Tape tape, RescalingGroup symmetry, Features h) {
      Tensor[] layers = new Tensor[h.depth() + 1];
      for (int l = 0; l <= h.depth(); l++) {
        layers[l] = tape.sumRows(local.apply(tape, h.nodes().get(l)));
      }
      return global.apply(tape, tape.sum(layers));
    }
  }
}
