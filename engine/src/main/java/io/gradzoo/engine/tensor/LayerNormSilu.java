package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * {@code y = silu(gain ⊙ normalise(x) + shift)}, row by row (LayerNorm with ε 1e-5, then SiLU).
 *
 * @param gain [width]
 * @param shift [width]
 */
public record LayerNormSilu(Parameter gain, Parameter shift, Tensor x, Tensor output)
    implements Operation {

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }
}
