package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.metanet.Mlp;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Matrix;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/** The new features of the edges between two node layers (ScaleGMN eq. 14). */
sealed interface EdgeUpdate {

  /**
   * What the update reads from the nodes of a layer, [n, d]; to be computed once for each layer.
   *
   * @param nodes [n, d]
   */
  Tensor nodes(Tape tape, RescalingGroup symmetry, Tensor nodes);

  /**
   * @param first {@link #nodes} of the layer that is the first axis of the edge grid, [p, d]
   * @param second {@link #nodes} of the other layer, [q, d]
   * @param edges [p · q, d]
   * @param flow which way the edges run
   * @return [p · q, out]
   */
  Tensor apply(Tape tape, Tensor first, Tensor second, Tensor edges, Flow flow);

  /** Which way the edges of a grid run. */
  enum Flow {
    /** From the first axis to the second. */
    FORWARD,
    /** From the second axis to the first. */
    BACKWARD
  }

  static EdgeUpdate register(ParameterLayout layout, String name, int out, ScaleGmnConfig config) {
    int d = config.width();
    if (config.symmetry() == RescalingGroup.PERMUTATION) {
      return new PlainEdgeUpdate(Mlp.register(layout, name + ".phi", 3 * d, out, config.style()));
    }
    Mlp phi = Mlp.register(layout, name + ".phi", 2 * d, out, config.style());
    Parameter weight = layout.add(name + ".W.weight", Initialization.linear(d), out, d);
    return new EquivariantEdgeUpdate(
        weight,
        BySymmetry.register(
            config.symmetry(),
            name,
            (part, symmetry) -> Canonicalizer.register(layout, part, symmetry, d, config)),
        phi);
  }

  /**
   * {@code (W e) ⊙ φ([c(h_source), c(h_target)])}: transforms as the edge does. Canonical forms and
   * their parts of φ's first map are computed once per node.
   */
  record EquivariantEdgeUpdate(Parameter weight, BySymmetry<Canonicalizer> canonicalizer, Mlp phi)
      implements EdgeUpdate {
    @Override
    public Tensor nodes(Tape tape, RescalingGroup symmetry, Tensor nodes) {
      return canonicalizer.select(symmetry).apply(tape, nodes);
    }

    @Override
    public Tensor apply(Tape tape, Tensor first, Tensor second, Tensor edges, Flow flow) {
      int d = first.width();
      Matrix ofSource = phi.hidden().matrix().columns(0, d);
      Matrix ofTarget = phi.hidden().matrix().columns(d, 2 * d);
      Tensor u = tape.affine(flow == Flow.FORWARD ? ofSource : ofTarget, phi.hiddenBias(), first);
      Tensor v = tape.linear(flow == Flow.FORWARD ? ofTarget : ofSource, second);
      return tape.product(
          tape.linear(weight.matrix(), edges), phi.finish(tape, tape.outerSum(u, v)));
    }
  }

  /** {@code mlp([e, h_source, h_target])}. */
  record PlainEdgeUpdate(Mlp phi) implements EdgeUpdate {
    @Override
    public Tensor nodes(Tape tape, RescalingGroup symmetry, Tensor nodes) {
      return nodes;
    }

    @Override
    public Tensor apply(Tape tape, Tensor first, Tensor second, Tensor edges, Flow flow) {
      int d = first.width();
      Matrix hidden = phi.hidden().matrix();
      Matrix ofSource = hidden.columns(d, 2 * d);
      Matrix ofTarget = hidden.columns(2 * d, 3 * d);
      Tensor ofEdge = tape.affine(hidden.columns(0, d), phi.hiddenBias(), edges);
      Tensor u = tape.linear(flow == Flow.FORWARD ? ofSource : ofTarget, first);
      Tensor v = tape.linear(flow == Flow.FORWARD ? ofTarget : ofSource, second);
      return phi.finish(tape, tape.gridAdd(ofEdge, u, v));
    }
  }
}
