package io.gradzoo.jobs.config;

import java.io.Serializable;

/** A closed interval that a recipe draws from; {@code low ≤ high}. */
public record Interval(double low, double high) implements Serializable {
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("expected low ≤ high, found " + low + " and " + high);
    }
  }
}
