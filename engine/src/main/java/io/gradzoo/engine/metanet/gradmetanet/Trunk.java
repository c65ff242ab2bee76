package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** What lies between the inputs and the head (GradMetaNet eq. 9): L_Γb, L_Pool, L_Γ. */
record Trunk(List<SetLayer> setLayers, PoolLayer pool, List<NeuronLayer> neuronLayers) {

  /**
   * @param in width of an input row, position code included
   */
  static Trunk register(ParameterLayout layout, GradMetaNetConfig config, int in) {
    int width = config.width();
    List<SetLayer> setLayers = new ArrayList<>();
    for (int k = 0; k < config.setLayers(); k++) {
      setLayers.add(SetLayer.register(layout, "set." + k, k == 0 ? in : width, width));
    }
    PoolLayer pool = PoolLayer.register(layout, "pool", width, width);
    List<NeuronLayer> neuronLayers = new ArrayList<>();
    for (int k = 0; k < config.neuronLayers(); k++) {
      neuronLayers.add(NeuronLayer.register(layout, "neuron." + k, width, width));
    }
    return new Trunk(setLayers, pool, neuronLayers);
  }

  /**
   * @param features [setSize · N, in]
   * @return [N, width]
   */
  Tensor apply(Tape tape, Tensor features, GradMetaNetConfig config) {
    Tensor x = features;
    for (SetLayer layer : setLayers) {
      x = tape.relu(layer.apply(tape, x, config.setSize(), config.reduction()));
    }
    Tensor h = pool.apply(tape, x, config.setSize(), config.reduction());
    for (NeuronLayer layer : neuronLayers) {
      h = tape.relu(layer.apply(tape, h, config.reduction()));
    }
    return h;
  }
}
