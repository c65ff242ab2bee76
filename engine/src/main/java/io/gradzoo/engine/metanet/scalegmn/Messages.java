package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.metanet.Mlp;
import io.gradzoo.engine.tensor.GridAxis;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/** The message m along every edge between two node layers (ScaleGMN eq. 5 and 13). */
sealed interface Messages {

  /**
   * @param sender node features of the sending layer, [n, d]
   * @param axis which axis of the edge grid the senders are
   * @param site where the receiving nodes stand
   * @param edges edge features, [n_l · n_{l+1}, d]
   * @param extra positional encodings by edge, or none
   * @return [n_l · n_{l+1}, d]
   */
  Tensor apply(
      Tape tape,
      RescalingGroup symmetry,
      Tensor sender,
      GridAxis axis,
      Site site,
      Tensor edges,
      Tensor... extra);

  static Messages register(ParameterLayout layout, String name, ScaleGmnConfig config) {
    int d = config.width();
    if (config.symmetry() == RescalingGroup.PERMUTATION) {
      return new PlainMessages(
          Mlp.register(layout, name + ".message_fn.rho", 2 * d, d, config.style()));
    }
    Initialization linear = Initialization.linear(d);
    Parameter nodeMap = layout.add(name + ".w_v.weight", linear, d, d);
    Parameter edgeMap = layout.add(name + ".w_e.weight", linear, d, d);
    int extra = config.positions().inMessages() ? d : 0;
    return new EquivariantMessages(
        edgeMap,
        nodeMap,
        EquivariantNet.register(
            layout, name + ".message_fn", d, extra, d, config.messageNetworks(), config));
  }

  /** {@code net((W_e e) ⊙ (W_v h_sender))}: transforms as the receiving node does. */
  record EquivariantMessages(Parameter edgeMap, Parameter nodeMap, EquivariantNet net)
      implements Messages {
    @Override
    public Tensor apply(
        Tape tape,
        RescalingGroup symmetry,
        Tensor sender,
        GridAxis axis,
        Site site,
        Tensor edges,
        Tensor... extra) {
      Tensor product =
          tape.gridProduct(
              tape.linear(edgeMap.matrix(), edges), tape.linear(nodeMap.matrix(), sender), axis);
      return net.apply(tape, symmetry, site, product, extra);
    }
  }

  /** {@code mlp([e, h_sender])}; the part that reads the sender is computed once per node. */
  record PlainMessages(Mlp rho) implements Messages {
    @Override
    public Tensor apply(
        Tape tape,
        RescalingGroup symmetry,
        Tensor sender,
        GridAxis axis,
        Site site,
        Tensor edges,
        Tensor... extra) {
      int d = edges.width();
      Tensor ofEdge = tape.affine(rho.hidden().matrix().columns(0, d), rho.hiddenBias(), edges);
      Tensor ofNode = tape.linear(rho.hidden().matrix().columns(d, 2 * d), sender);
      return rho.finish(tape, tape.gridAdd(ofEdge, ofNode, axis));
    }
  }
}
