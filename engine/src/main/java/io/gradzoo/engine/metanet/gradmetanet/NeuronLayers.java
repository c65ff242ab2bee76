package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** From a gradient set to features of neurons, L_Pool and L_Γ of eq. 9. */
record NeuronLayers(PoolLayer pool, List<NeuronLayer> layers) {

  static NeuronLayers register(ParameterLayout layout, GradMetaNetConfig config) {
    int width = config.width();
    PoolLayer pool = PoolLayer.register(layout, "pool", width, width);
    List<NeuronLayer> layers = new ArrayList<>();
    for (int k = 0; k < config.neuronLayers(); k++) {
      layers.add(NeuronLayer.register(layout, "neuron." + k, width, width));
    }
    return new NeuronLayers(pool, layers);
  }

  /**
   * @param x [setSize · N, width]
   * @return [N, width]
   */
  Tensor apply(Tape tape, Tensor x, GradMetaNetConfig config) {
    Tensor h = pool.apply(tape, x, config.setSize(), config.reduction());
    for (NeuronLayer layer : layers) {
      h = tape.relu(layer.apply(tape, h, config.reduction()));
    }
    return h;
  }
}
