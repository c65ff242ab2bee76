package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * {@code y = x / (‖x‖ + 1e-10)}, row by row: the canonical form under positive scaling (ScaleGMN,
 * App. A.1.2).
 */
public record UnitNorm(Tensor x, Tensor output) implements Operation {

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }
}
