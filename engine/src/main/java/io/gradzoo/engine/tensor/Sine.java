package io.gradzoo.engine.tensor;

import java.util.List;

/** {@code y = sin(frequency · x)}, number by number. */
public record Sine(float frequency, Tensor x, Tensor output) implements Operation {

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }
}
