package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The layers on a gradient set, L_Γb of eq. 9, each followed by a ReLU. */
record SetLayers(List<SetLayer> layers) {

  /**
   * @param in width of an input row, position code included
   */
  static SetLayers register(ParameterLayout layout, GradMetaNetConfig config, int in) {
    int width = config.width();
    List<SetLayer> layers = new ArrayList<>();
    for (int k = 0; k < config.setLayers(); k++) {
      layers.add(SetLayer.register(layout, "set." + k, k == 0 ? in : width, width));
    }
    return new SetLayers(layers);
  }

  /**
   * @param features [setSize · N, in]
   * @return [setSize · N, width]
   */
  Tensor apply(Tape tape, Tensor features, GradMetaNetConfig config) {
    Tensor x = features;
    for (SetLayer layer : layers) {
      x = tape.relu(layer.apply(tape, x, config.setSize(), config.reduction()));
    }
    return x;
  }
}
