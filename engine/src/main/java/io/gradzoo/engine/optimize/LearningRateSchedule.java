package io.gradzoo.engine.optimize;

import io.gradzoo.engine.fault.Fault;

/**
 * The learning rate of every step. Step k, from 0, of round r, from 0, runs at {@code base ·
 * share(r) · min(1, (k + 1) / warmup)}: the first of 1000 warm-up steps runs at a thousandth. A
 * function of the step alone, so that training that goes on from a stored step goes on at its rate.
 *
 * @param base the full rate, positive
 * @param warmup number of steps over which the rate grows linearly; 0 for none
 * @param shape what becomes of the full rate from round to round
 * @param rounds R, for which the shape is made, positive
 * @param stepsPerRound steps in a round, positive
 */
public record LearningRateSchedule(
    double base, long warmup, Decay shape, int rounds, int stepsPerRound) {

  /** Decay of the learning rate over rounds. */
  public enum Decay {
    /** It stays: {@code share(r) = 1}. */
    CONSTANT {
      @Override
      double share(long round, int rounds) {
        return 1;
      }
    },
    /**
     * It falls along half a cosine, a step down with each round: {@code share(r) = ½ (1 + cos(π r /
     * R))}, 1 in the first round and a little above 0 in the last.
     */
    COSINE {
      @Override
      double share(long round, int rounds) {
        return 0.5 * (1 + StrictMath.cos(Math.PI * round / rounds));
      }
    };

    abstract double share(long round, int rounds);
  }

  public LearningRateSchedule {
    if (!(base > 0) || Double.isInfinite(base)) {
      throw Fault.of("learning rate").expected("a positive number").found(base).exception();
    }
    if (warmup < 0) {
      throw Fault.of("learning rate").expected("warm-up steps >= 0").found(warmup).exception();
    }
    if (rounds < 1 || stepsPerRound < 1) {
      throw Fault.of("learning rate")
          .expected("rounds and steps")
          .found("%d rounds of %d", rounds, stepsPerRound)
          .exception();
    }
  }

  /** A warm-up, then the full rate for good. */
  public static LearningRateSchedule constant(double base, long warmup) {
    return new LearningRateSchedule(base, warmup, Decay.CONSTANT, 1, 1);
  }

  /** The rate of step {@code step}, counted from 0; after the last round the last round's. */
  public double rate(long step) {
    double full = shape.share(Math.min(step / stepsPerRound, rounds - 1), rounds) * base;
    return step + 1 >= warmup ? full : full * (step + 1) / warmup;
  }
}
