package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * {@code y = sign · x + b}, the bias [width] added to every row.
 *
 * @param bias b, [width]
 * @param sign 1 or −1
 */
public record SignedShift(Parameter bias, float sign, Tensor x, Tensor output)
    implements Operation {

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }
}
