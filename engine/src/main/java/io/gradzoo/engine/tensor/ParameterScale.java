package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * {@code y = s · x}, with s a learned number.
 *
 * @param scale s, of one number
 */
public record ParameterScale(Parameter scale, Tensor x, Tensor output) implements Operation {

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }
}
