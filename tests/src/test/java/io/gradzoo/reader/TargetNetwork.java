package io.gradzoo.reader;

import java.util.List;

/** A member's network, which reads one sample at a time. */
interface TargetNetwork {
  /**
   * Rebuilds a network.
   *
   * @param architecture its text form
   * @param parameters flat
   * @param image shape [channels, height, width] of its samples if they are images
   */
  static TargetNetwork of(String architecture, double[] parameters, int[] image) {
    return architecture.startsWith("transformer:")
        ? new Transformer(architecture, parameters, image)
        : new LayerNetwork(architecture, parameters);
  }

  /**
   * @param x [inputs]
   * @return [outputs]
   */
  double[] outputs(double[] x);

  /**
   * Gradients of the sample that the outputs were last taken of, a record for each layer.
   *
   * @param signal derivatives of the loss by the outputs, [outputs]
   */
  List<LayerGradient> gradients(double[] signal);
}
