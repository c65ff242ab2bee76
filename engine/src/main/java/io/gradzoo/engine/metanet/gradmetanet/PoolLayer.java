package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.tensor.GridAxis;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/**
 * From a set of gradients to one feature per neuron (GradMetaNet §5 III): {@code M₁ Σ_i x[i, n] +
 * M₂ Σ_n Σ_i x[i, n] + b}.
 */
record PoolLayer(Parameter overSet, Parameter overBoth, Parameter bias) {

  static PoolLayer register(ParameterLayout layout, String name, int in, int out) {
    Initialization linear = Initialization.linear(2 * in);
    return new PoolLayer(
        layout.add(name + ".M1", linear, out, in),
        layout.add(name + ".M2", linear, out, in),
        layout.add(name + ".b", linear, out));
  }

  /**
   * @param x [setSize · N, in]
   * @return [N, out]
   */
  Tensor apply(Tape tape, Tensor x, int setSize, Reduction reduction) {
    Tensor byNeuron = reduction.over(tape, x, setSize, GridAxis.FIRST);
    Tensor total = reduction.overRows(tape, byNeuron);
    return tape.addToRows(
        tape.linear(overSet.matrix(), byNeuron), tape.affine(overBoth.matrix(), bias, total));
  }
}
