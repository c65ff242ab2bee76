package io.gradzoo.engine.optimize;

/**
 * Learning rate that rises linearly and then stays: step k, from 0, runs at {@code base · min(1, (k
 * + 1) / warmup)}, so the first of 1000 warm-up steps runs at a thousandth.
 *
 * @param base rate after the warm-up, positive
 * @param warmup number of steps until the full rate; 0 for none
 */
public record WarmupSchedule(double base, long warmup) {
  public WarmupSchedule {
    if (!(base > 0) || Double.isInfinite(base)) {
      throw new IllegalArgumentException("learning rate must be positive, found " + base);
    }
    if (warmup < 0) {
      throw new IllegalArgumentException("warm-up steps must not be negative, found " + warmup);
    }
  }

  /** The rate of step {@code step}, counted from 0. */
  public double rate(long step) {
    return step + 1 >= warmup ? base : base * (step + 1) / warmup;
  }
}
