package io.gradzoo.engine.tensor;

import java.util.List;

/** A function applied to every number. */
public record Pointwise(Function function, Tensor x, Tensor output) implements Operation {

  /** The function. */
  public enum Function {
    /** {@code x · σ(x)}. */
    SILU,
    /** {@code max(x, 0)}. */
    RELU,
    /** {@code |x|}. */
    ABS,
    /** {@code tanh(x)}. */
    TANH
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }
}
