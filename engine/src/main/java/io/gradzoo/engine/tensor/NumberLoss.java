package io.gradzoo.engine.tensor;

/**
 * A loss that compares outputs with targets number by number, for devices to compute where the
 * outputs are. The loss of an example is {@code lossShare · Σ e}, and its slope by an output {@code
 * slopeShare · de/dy}, with both shares the example's own.
 *
 * @param error e of an output y and a target t
 * @param scale of the difference that {@link ErrorOfNumber#SQUARED} squares
 */
public record NumberLoss(ErrorOfNumber error, float scale) {

  /** Errors of one number; the {@code *_ERROR} of the kernels. */
  public enum ErrorOfNumber {
    /** {@code (scale · (y − t))²}. */
    SQUARED(0),
    /** {@code (σ(y) − t)²}. */
    SHARE(1),
    /** {@code −t ln σ(y) − (1 − t) ln σ(−y)}. */
    CROSS_ENTROPY(2);

    private final int code;

    ErrorOfNumber(int code) {
      this.code = code;
    }

    /** Its number in the kernels. */
    public int code() {
      return code;
    }
  }
}
