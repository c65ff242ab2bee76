package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * {@code y = f(x + b) + f(b − x)} with {@code f(z) = silu(gain ⊙ normalise(z) + shift)}, row by
 * row: the hidden layer of a perceptron that is made even in its input (ScaleGMN, App. A.1.2).
 *
 * @param bias b, [width]
 * @param gain [width]
 * @param shift [width]
 */
public record EvenLayerNormSilu(
    Parameter bias, Parameter gain, Parameter shift, Tensor x, Tensor output) implements Operation {

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }
}
