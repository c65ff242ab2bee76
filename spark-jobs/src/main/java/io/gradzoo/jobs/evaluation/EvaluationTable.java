package io.gradzoo.jobs.evaluation;

import io.gradzoo.jobs.prediction.Score;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Set;

/** An evaluation as a table for the terminal. */
final class EvaluationTable {
  private static final String ROW = "  %-28s %9s %9s %9s %9s %6s %12s %9s%n";

  private static final String CLASS_COST = " %6s %12s %9s%n";

  private EvaluationTable() {}

  /**
   * Prints the model's row and those of its baselines, what the errors are in, and of whose
   * predictions some are not finite.
   */
  static void print(Evaluation evaluation, PrintWriter out) {
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
    if (evaluation.scores().get(0).agreement().accuracy() == null) {
      numbers(evaluation, out);
    } else {
      classes(evaluation, out);
    }
    out.println("  " + units(evaluation));
    for (Score score : evaluation.scores()) {
      if (score.notFinite() > 0) {
        out.printf(
            Locale.ROOT,
            "  %s: %,d of %,d predictions are NaN or infinite%n",
            score.name(),
            score.notFinite(),
            evaluation.predictions().size());
      }
    }
  }

  private static void numbers(Evaluation evaluation, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        ROW,
        "",
        "Kendall τ",
        "R²",
        "mean err",
        "sq. err",
        "tried",
        "parameters",
        "seconds");
    for (Score score : evaluation.scores()) {
      out.printf(
          Locale.ROOT,
          ROW,
          score.name(),
          number("%.3f", score.agreement().tau()),
          number("%.3f", score.agreement().r2()),
          number("%.4f", score.agreement().meanAbsoluteError()),
          number("%.5f", squaredError(score)),
          score.settingsTried(),
          String.format(Locale.ROOT, "%,d", score.parameters()),
          number("%.1f", score.seconds()));
    }
    for (Score score : evaluation.scores()) {
      score
          .metrics()
          .forEach(
              (metric, value) ->
                  out.printf(
                      Locale.ROOT, "  %s: %s %s%n", score.name(), metric, number("%.4f", value)));
    }
  }

  /** Of classes the task's own metrics are columns. */
  private static void classes(Evaluation evaluation, PrintWriter out) {
    Set<String> metrics = evaluation.scores().get(0).metrics().keySet();
    out.printf(Locale.ROOT, "  %-28s", "");
    metrics.forEach(metric -> out.printf(Locale.ROOT, " %13s", metric));
    out.printf(Locale.ROOT, CLASS_COST, "tried", "parameters", "seconds");
    for (Score score : evaluation.scores()) {
      out.printf(Locale.ROOT, "  %-28s", score.name());
      metrics.forEach(
          metric -> out.printf(Locale.ROOT, " %13s", number("%.4f", score.metrics().get(metric))));
      out.printf(
          Locale.ROOT,
          CLASS_COST,
          score.settingsTried(),
          String.format(Locale.ROOT, "%,d", score.parameters()),
          number("%.1f", score.seconds()));
    }
  }

  private static String units(Evaluation evaluation) {
    if (evaluation.scores().get(0).agreement().accuracy() != null) {
      return "accuracy: share of right classes; cross-entropy: nats; tried: settings, of which"
          + " validation chose this one";
    }
    boolean deviations = evaluation.scores().get(0).squaredErrorInDeviations() != null;
    return "mean err: "
        + evaluation.unit()
        + "; sq. err: "
        + (deviations ? "squared deviations of the training targets" : "its square")
        + "; tried: settings, of which validation chose this one";
  }

  private static double squaredError(Score score) {
    return score.squaredErrorInDeviations() == null
        ? score.agreement().meanSquaredError()
        : score.squaredErrorInDeviations();
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
  }
}
