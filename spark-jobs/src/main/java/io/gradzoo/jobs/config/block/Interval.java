package io.gradzoo.jobs.config.block;

import io.gradzoo.engine.fault.Fault;
import java.io.Serializable;

/** A closed interval that a recipe draws from; {@code low ≤ high}. */
public record Interval(double low, double high) implements Serializable {
  public Interval {
    if (!(low <= high)) {
      throw Fault.here().expected("low ≤ high").found(low + " and " + high).exception();
    }
  }
}
