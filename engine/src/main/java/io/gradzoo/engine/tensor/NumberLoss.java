package io.gradzoo.engine.tensor;

/**
 * A loss of an output number by number, for devices to compute where it is. The loss of an example
 * is {@code lossShare · Σ e}, and its slope by a number {@code slopeShare · de/dy}, with both
 * shares the example's own.
 *
 * @param error e of an output y and, perhaps, a target t
 * @param scale of what {@link ErrorOfNumber#SQUARED} squares, and of errors without a target
 */
public record NumberLoss(ErrorOfNumber error, float scale) {

  /** Errors of one number; the {@code *_ERROR} of the kernels. */
  public enum ErrorOfNumber {
    /** {@code (scale · (y − t))²}. */
    SQUARED(0),
    /** {@code (σ(y) − t)²}. */
    SHARE(1),
    /** {@code −t ln σ(y) − (1 − t) ln σ(−y)}. */
    CROSS_ENTROPY(2),
    /** {@code scale · y}: y is a loss itself. */
    LINEAR(3),
    /** {@code scale · |y|}. */
    ABSOLUTE(4);

    private final int code;

    ErrorOfNumber(int code) {
      this.code = code;
    }

    /** Whether it compares with a target. */
    public boolean hasTarget() {
      return this != LINEAR && this != ABSOLUTE;
    }

    /** Its number in the kernels. */
    public int code() {
      return code;
    }
  }
}
