package io.gradzoo.jobs.symmetry;

import io.gradzoo.jobs.model.SymmetryPromise.Expectation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The measurements of a check as a table for the terminal. Where nothing that is no symmetry
 * changes the result, as of a model that is nearly constant, it says little that symmetries do not
 * either: there is nothing to check.
 */
final class SymmetryTable {
  private static final String NOTHING = "nothing to check";
  private static final String ROW = "  %-36s %-10s %8s %10s %10s   %s%n";

  private SymmetryTable() {}

  static void print(String model, String zoo, List<Measurement> measurements, PrintWriter out) {
    Set<String> checked = checked(measurements);
    out.printf(
        Locale.ROOT,
        "%s on members of %s: relative change of the result before a sigmoid or softmax (bound %.0e)%n",
        model,
        zoo,
        Measurement.BOUND);
    out.printf(Locale.ROOT, ROW, "symmetry", "activation", "elements", "median", "max", "verdict");
    for (Measurement m : measurements) {
      out.printf(
          Locale.ROOT,
          ROW,
          name(m),
          m.activation(),
          m.elements(),
          String.format(Locale.ROOT, "%.1e", m.median()),
          String.format(Locale.ROOT, "%.1e", m.max()),
          verdict(m, checked));
    }
    out.println(verdict(model, measurements, checked));
  }

  static List<String> markdown(String model, List<Measurement> measurements) {
    Set<String> checked = checked(measurements);
    List<String> lines = new ArrayList<>();
    lines.add("| symmetry | activation | elements | median | max | verdict |");
    lines.add("|---|---|---|---|---|---|");
    for (Measurement m : measurements) {
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %s | %d | %.1e | %.1e | %s |",
              name(m),
              m.activation(),
              m.elements(),
              m.median(),
              m.max(),
              verdict(m, checked)));
    }
    lines.add("");
    lines.add(verdict(model, measurements, checked) + ".");
    return lines;
  }

  private static String name(Measurement m) {
    String name = m.change().name();
    return m.change().expectation() == Expectation.CHANGED ? "no symmetry: " + name : name;
  }

  /** Activations of networks whose results some change moved. */
  private static Set<String> checked(List<Measurement> measurements) {
    return measurements.stream()
        .filter(Measurement::broke)
        .map(Measurement::activation)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String verdict(Measurement m, Set<String> checked) {
    if (m.change().expectation() == Expectation.CHANGED) {
      return m.broke() ? "changes, as it should" : NOTHING;
    }
    return m.violated() ? "VIOLATED" : checked.contains(m.activation()) ? "holds" : NOTHING;
  }

  private static String verdict(String model, List<Measurement> measurements, Set<String> checked) {
    List<String> failed =
        measurements.stream()
            .filter(Measurement::violated)
            .map(m -> m.change().name() + " (" + m.activation() + ")")
            .toList();
    if (!failed.isEmpty()) {
      return model + " fails on " + String.join(", ", failed);
    }
    if (checked.isEmpty()) {
      return model + ": " + NOTHING + ": what is no symmetry does not change its result either";
    }
    String unchecked =
        measurements.stream()
            .map(Measurement::activation)
            .filter(activation -> !checked.contains(activation))
            .distinct()
            .collect(Collectors.joining(", "));
    return model
        + " respects all its symmetries"
        + (unchecked.isEmpty() ? "" : "; " + NOTHING + " on " + unchecked + " networks");
  }
}
