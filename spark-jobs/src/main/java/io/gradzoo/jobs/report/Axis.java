package io.gradzoo.jobs.report;

import java.util.List;

/** From values to places along a side of a plot. */
interface Axis {
  /** What is measured, with its unit. */
  String title();

  /** The lowest tick. */
  double low();

  /** The highest tick, above the lowest. */
  double high();

  /** The position of a value: 0 at the low end, 1 at the high end. */
  double fraction(double value);

  /** The ticks' values, ascending. */
  List<Double> ticks();

  /** A tick's text. */
  String label(double tick);
}
