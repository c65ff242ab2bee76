package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/** Layer on neurons (GradMetaNet §5 IV, DeepSets): {@code M₁ h[n] + M₂ Σ_n h[n] + b}. */
record NeuronLayer(Parameter own, Parameter overNeurons, Parameter bias) {

  static NeuronLayer register(ParameterLayout layout, String name, int in, int out) {
    Initialization linear = Initialization.linear(2 * in);
    return new NeuronLayer(
        layout.add(name + ".M1", linear, out, in),
        layout.add(name + ".M2", linear, out, in),
        layout.add(name + ".b", linear, out));
  }

  /**
   * @param h [N, in]
   * @return [N, out]
   */
  Tensor apply(Tape tape, Tensor h, Reduction reduction) {
    Tensor total = tape.affine(overNeurons.matrix(), bias, reduction.overRows(tape, h));
    return tape.addToRows(tape.linear(own.matrix(), h), total);
  }
}
