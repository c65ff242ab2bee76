package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * {@code y[i] = −Σ_j t[i, j] ln softmax(x[i])_j}: how many nats the classes' scores are off the
 * shares that are right, such as 1 for one class.
 *
 * @param scores x, [rows, classes]
 * @param shares t, [rows, classes]
 * @param output [rows, 1]
 */
public record ClassCrossEntropy(Tensor scores, Tensor shares, Tensor output) implements Operation {

  @Override
  public List<Tensor> inputs() {
    return List.of(scores, shares);
  }
}
