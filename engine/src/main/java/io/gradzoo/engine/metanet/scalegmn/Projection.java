package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/**
 * The first linear map of an edge's kernel or a node's bias x, and of further features f. Without a
 * bias: it must do to x what a rescaling does. Under permutations alone f stands beside x; else f
 * must be something that no rescaling changes, and is a factor, {@code W x ⊙ (V f + s)}, with s = 1
 * before training. The factor is not in the paper.
 *
 * @param matrix W, [d, width of x], or with f beside x
 * @param factor V, [d, width of f], or null
 * @param shift s, [d], or null
 */
record Projection(Parameter matrix, Parameter factor, Parameter shift) {

  /**
   * @param of what x is, in the names of the parameters
   * @param width of x
   * @param features width of f; 0 for none
   */
  static Projection register(
      ParameterLayout layout, String of, ScaleGmnConfig config, int width, int features) {
    boolean beside = config.symmetry() == RescalingGroup.PERMUTATION;
    int d = config.width();
    int in = beside ? width + features : width;
    String name = "construct_graph.proj_" + of;
    Parameter matrix = layout.add(name + ".weight", Initialization.linear(in), d, in);
    if (beside || features == 0) {
      return new Projection(matrix, null, null);
    }
    return new Projection(
        matrix,
        layout.add(name + ".factor", Initialization.linear(features), d, features),
        layout.add(name + ".shift", Initialization.constant(1), d));
  }

  /**
   * @param x [rows, width]
   * @param f [rows, features], or null for none
   * @return [rows, d]
   */
  Tensor apply(Tape tape, Tensor x, Tensor f) {
    if (f == null) {
      return tape.linear(matrix.matrix(), x);
    }
    return factor == null
        ? tape.linear(matrix.matrix(), x, f)
        : tape.product(tape.linear(matrix.matrix(), x), tape.affine(factor.matrix(), shift, f));
  }
}
