package io.gradzoo.jobs.symmetry;

import io.gradzoo.jobs.model.SymmetryPromise.Expectation;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The measurements of a check as a table for the terminal. */
final class SymmetryTable {
  private static final String ROW = "  %-36s %-10s %8s %10s %10s   %s%n";

  private SymmetryTable() {}

  static void print(String model, String zoo, List<Measurement> measurements, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s on members of %s: relative change of the result before the sigmoid (bound %.0e)%n",
        model,
        zoo,
        Measurement.BOUND);
    out.printf(Locale.ROOT, ROW, "symmetry", "activation", "elements", "median", "max", "verdict");
    for (Measurement m : measurements) {
      out.printf(
          Locale.ROOT,
          ROW,
          m.change().expectation() == Expectation.CHANGED
              ? "no symmetry: " + m.change().name()
              : m.change().name(),
          m.activation(),
          m.elements(),
          String.format(Locale.ROOT, "%.1e", m.median()),
          String.format(Locale.ROOT, "%.1e", m.max()),
          m.verdict());
    }
    out.println(verdict(model, measurements));
    out.flush();
  }

  private static String verdict(String model, List<Measurement> measurements) {
    List<String> failed =
        measurements.stream()
            .filter(m -> !m.passes())
            .map(m -> m.change().name() + " (" + m.activation() + ")")
            .toList();
    return failed.isEmpty()
        ? model + " respects all its symmetries"
        : model + " fails on " + String.join(", ", failed);
  }
}
