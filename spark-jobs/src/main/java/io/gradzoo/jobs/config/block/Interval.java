package io.gradzoo.jobs.config.block;

import io.gradzoo.engine.fault.Fault;
import java.io.Serializable;
import java.util.SplittableRandom;

/**
 * A closed interval that a recipe draws from; {@code low ≤ high}.
 *
 * @param spacing how likely its numbers are
 */
public record Interval(double low, double high, Spacing spacing) implements Serializable {

  /** The distribution on an interval. */
  public enum Spacing {
    /** All numbers alike. */
    UNIFORM,
    /** Their logarithms alike; the interval is above 0. */
    LOG_UNIFORM
  }

  public Interval {
    if (!(low <= high)) {
      throw Fault.here().expected("low ≤ high").found(low + " and " + high).exception();
    }
    if (spacing == Spacing.LOG_UNIFORM && !(low > 0)) {
      throw Fault.here().expected("low > 0 where logarithms are drawn").found(low).exception();
    }
  }

  /** Draws a number. */
  public double draw(SplittableRandom random) {
    if (spacing == Spacing.UNIFORM) {
      return low + random.nextDouble() * (high - low);
    }
    double least = StrictMath.log(low);
    double most = StrictMath.log(high);
    return StrictMath.exp(least + random.nextDouble() * (most - least));
  }
}
