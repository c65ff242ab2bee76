package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/** The layers between inputs and head (GradMetaNet eq. 9): L_Γb, L_Pool, L_Γ. */
record Trunk(SetLayers setLayers, NeuronLayers neuronLayers) {

  /**
   * @param in width of an input row, position code included
   */
  static Trunk register(ParameterLayout layout, GradMetaNetConfig config, int in) {
    return new Trunk(SetLayers.register(layout, config, in), NeuronLayers.register(layout, config));
  }

  /**
   * @param features [setSize · N, in]
   * @return [N, width]
   */
  Tensor apply(Tape tape, Tensor features, GradMetaNetConfig config) {
    return neuronLayers.apply(tape, setLayers.apply(tape, features, config), config);
  }
}
