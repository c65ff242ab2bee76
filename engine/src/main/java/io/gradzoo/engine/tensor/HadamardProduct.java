package io.gradzoo.engine.tensor;

import java.util.List;

/** {@code y = a ⊙ b}, number by number, of one shape. */
public record HadamardProduct(Tensor a, Tensor b, Tensor output) implements Operation {

  @Override
  public List<Tensor> inputs() {
    return List.of(a, b);
  }
}
