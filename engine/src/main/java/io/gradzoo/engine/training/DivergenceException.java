package io.gradzoo.engine.training;

/** The loss, the gradient or the parameters of a shard are no longer finite. */
final class DivergenceException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  DivergenceException(String message) {
    super("training diverged " + message);
  }

  /**
   * Refuses a step whose numbers are not finite.
   *
   * @param step counted from 0
   */
  static void requireFinite(int shard, long step, double loss, double norm) {
    if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
      throw new DivergenceException(
          "in shard %d at step %d: loss %s, gradient norm %s"
              .formatted(shard, step + 1, loss, norm));
    }
  }
}
