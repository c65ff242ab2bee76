package io.gradzoo.jobs.editing;

import io.gradzoo.jobs.editing.EditScore.Spread;
import java.io.PrintWriter;
import java.util.Locale;

/** A comparison as text. */
final class EditTable {
  private EditTable() {}

  static void print(EditComparison comparison, PrintWriter out) {
    int width = comparison.rows().stream().mapToInt(row -> row.name().length()).max().orElseThrow();
    out.printf(
        Locale.ROOT,
        "%s: %,d held-out members on test images; mean ± deviation; objective: %s%n",
        comparison.model(),
        comparison.pairs().size(),
        comparison.objective());
    out.printf(
        Locale.ROOT,
        "%-" + width + "s  %15s  %15s  %15s  %15s  %15s  %6s  %10s  %8s  %10s%n",
        "",
        "accuracy %",
        "loss",
        "objective",
        "L1 reduction %",
        "small weights %",
        "worse",
        "good worse",
        "settings",
        "s/network");
    for (EditScore row : comparison.rows()) {
      out.printf(
          Locale.ROOT,
          "%-" + width + "s  %15s  %15s  %15s  %15s  %15s  %5.0f%%  %9.0f%%  %8d  %10.2g%n",
          row.name(),
          percent(row.accuracy()),
          plain(row.loss()),
          plain(row.objective()),
          percent(row.normReduction()),
          percent(row.small()),
          100 * row.worse(),
          100 * row.goodWorse(),
          row.settingsTried(),
          row.seconds());
    }
    out.printf(
        Locale.ROOT,
        "small: below %s; worse: the objective rose; good worse: of the best quarter, less"
            + " accurate than before%n",
        comparison.small());
  }

  private static String percent(Spread spread) {
    return String.format(Locale.ROOT, "%.1f ± %.1f", 100 * spread.mean(), 100 * spread.deviation());
  }

  private static String plain(Spread spread) {
    return String.format(Locale.ROOT, "%.3f ± %.3f", spread.mean(), spread.deviation());
  }
}
