package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * Parameters of each model's own, one model's behind the other's: {@code y[m] = of[m]}. So models
 * of a pass can be networks that are trained side by side.
 *
 * @param of [at least the capacity, rows, width]
 * @param output [rows, width]
 */
public record OwnParameters(Parameter of, Tensor output) implements Operation {

  @Override
  public List<Tensor> inputs() {
    return List.of();
  }
}
