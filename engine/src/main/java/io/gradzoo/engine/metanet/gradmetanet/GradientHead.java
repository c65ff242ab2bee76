package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.List;

/** The last part of a {@link GradientSetNetwork}. */
@FunctionalInterface
interface GradientHead {
  /**
   * @param input what the head reads beside the embedding
   * @param x the embedded set, [setSize · N, f]
   * @return one vector [1, outputs]; or [d_l · d_{l−1}, outputs] for the weights of each layer,
   *     then [d_l, outputs] for its biases
   */
  List<Tensor> apply(Tape tape, NeuronSpace neurons, GradientSetInput input, Tensor x);
}
