package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.tensor.GridAxis;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/**
 * A term of new edge features that the nodes alone make: {@code A ((U h_target) ⊙ (V r(h_source)))}
 * with r the reciprocal under positive scaling and the identity under signs and in a balanced
 * gauge, so it transforms as the edge does. It has the form of a gradient, signal times activation,
 * and unlike {@link EdgeUpdate}, which multiplies what is there, it can point anywhere.
 *
 * @param target U, [d, d]
 * @param source V, [d, d]
 * @param out A, [width, d]
 */
record EdgeProducts(ScaleGmnConfig config, Parameter target, Parameter source, Parameter out) {
  static EdgeProducts register(
      ParameterLayout layout, String name, int width, ScaleGmnConfig config) {
    int d = config.width();
    Initialization linear = Initialization.linear(d);
    return new EdgeProducts(
        config,
        layout.add(name + ".target.weight", linear, d, d),
        layout.add(name + ".source.weight", linear, d, d),
        layout.add(name + ".out.weight", linear, width, d));
  }

  /**
   * @param sources nodes of a layer, [p, d]
   * @param site where these stand: nothing rescales input nodes
   * @param targets nodes of the next, [q, d]
   * @return [p · q, width]
   */
  Tensor apply(Tape tape, RescalingGroup symmetry, Tensor sources, Site site, Tensor targets) {
    boolean inverse =
        symmetry == RescalingGroup.SCALE && site == Site.HIDDEN && !config.balanced(symmetry);
    Tensor u = tape.linear(target.matrix(), targets);
    Tensor v = tape.linear(source.matrix(), inverse ? tape.reciprocal(sources) : sources);
    Tensor grid = tape.zeros(v.rows() * u.rows(), v.width());
    Tensor spread = tape.gridAdd(grid, v, GridAxis.FIRST);
    return tape.linear(out.matrix(), tape.gridProduct(spread, u, GridAxis.SECOND));
  }
}
