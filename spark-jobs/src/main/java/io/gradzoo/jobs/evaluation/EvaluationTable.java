package io.gradzoo.jobs.evaluation;

import java.io.PrintWriter;
import java.util.Locale;

/** An evaluation as a table for the terminal. */
public final class EvaluationTable {
  private static final String ROW = "  %-28s %9s %9s %9s %9s %12s %9s%n";

  private EvaluationTable() {}

  /** Prints the model's row and those of its baselines. */
  public static void print(Evaluation evaluation, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: %s of %d members of held-out runs (trained on %d, selected on %d)%n",
        evaluation.model(),
        evaluation.target(),
        evaluation.predictions().size(),
        evaluation.trainMembers(),
        evaluation.validationMembers());
    if (evaluation.onOtherMembers()) {
      out.printf(
          Locale.ROOT,
          "  judged on other members than those: baselines are trained on %d, selected on %d of these%n",
          evaluation.members().train().count(),
          evaluation.members().validation().count());
    }
    out.printf(
        Locale.ROOT, ROW, "", "Kendall τ", "R²", "mean err", "sq. err", "parameters", "seconds");
    for (Score score : evaluation.scores()) {
      out.printf(
          Locale.ROOT,
          ROW,
          score.name(),
          number("%.3f", score.agreement().tau()),
          number("%.3f", score.agreement().r2()),
          number("%.4f", score.agreement().meanAbsoluteError()),
          number("%.5f", score.agreement().meanSquaredError()),
          String.format(Locale.ROOT, "%,d", score.parameters()),
          number("%.1f", score.seconds()));
    }
    out.flush();
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
  }
}
