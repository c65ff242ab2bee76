package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.List;

/** One vector for the whole network, which no permutation changes (L_Vec, App. D.3). */
record VectorHead(Parameter map, Parameter bias, Reduction reduction) {

  static VectorHead register(
      ParameterLayout layout,
      int width,
      GradMetaNetHead.InvariantVector head,
      Reduction reduction) {
    return new VectorHead(
        layout.add("vec.M", Initialization.linear(width), head.outputs(), width),
        layout.add("vec.b", Initialization.linear(width), head.outputs()),
        reduction);
  }

  /**
   * @param h [rows, f]
   * @return [1, outputs]
   */
  List<Tensor> apply(Tape tape, Tensor h) {
    return List.of(tape.affine(map.matrix(), bias, reduction.overRows(tape, h)));
  }
}
