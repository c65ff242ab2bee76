package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.tensor.GridAxis;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/**
 * Layer on a set of gradients (GradMetaNet §5 II; the exchangeable matrix layer of Hartford et al.
 * 2018): {@code y[i, n] = M₁ x[i, n] + M₂ Σ_i x[i, n] + M₃ Σ_n x[i, n] + M₄ Σ_i Σ_n x[i, n] + b}.
 *
 * @param cell M₁, of the same element and neuron
 * @param overSet M₂, of the neuron over the set
 * @param overNeurons M₃, of the element over all neurons
 * @param overBoth M₄
 * @param bias b
 */
record SetLayer(
    Parameter cell, Parameter overSet, Parameter overNeurons, Parameter overBoth, Parameter bias) {

  static SetLayer register(ParameterLayout layout, String name, int in, int out) {
    Initialization linear = Initialization.linear(4 * in);
    return new SetLayer(
        layout.add(name + ".M1", linear, out, in),
        layout.add(name + ".M2", linear, out, in),
        layout.add(name + ".M3", linear, out, in),
        layout.add(name + ".M4", linear, out, in),
        layout.add(name + ".b", linear, out));
  }

  /**
   * @param x [setSize · N, in], element by element
   * @return [setSize · N, out]
   */
  Tensor apply(Tape tape, Tensor x, int setSize, Reduction reduction) {
    Tensor byNeuron = reduction.over(tape, x, setSize, GridAxis.FIRST);
    Tensor byElement = reduction.over(tape, x, setSize, GridAxis.SECOND);
    Tensor total = reduction.overRows(tape, byNeuron);
    return tape.gridAdd(
        tape.linear(cell.matrix(), x),
        tape.linear(overNeurons.matrix(), byElement),
        tape.linear(overSet.matrix(), byNeuron),
        tape.affine(overBoth.matrix(), bias, total));
  }
}
