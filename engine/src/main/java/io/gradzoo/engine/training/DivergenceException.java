package io.gradzoo.engine.training;

/** The loss, the gradient or the parameters of a shard are no longer finite. */
final class DivergenceException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  DivergenceException(String message) {
    super("training diverged " + message);
  }
}
