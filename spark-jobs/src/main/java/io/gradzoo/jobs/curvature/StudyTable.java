package io.gradzoo.jobs.curvature;

import java.io.PrintWriter;
import java.util.Locale;

/** A study as a table for the terminal. */
final class StudyTable {
  private static final String ROW = "  %-34s %10s %10s %10s %12s %6s %12s%n";

  private StudyTable() {}

  static void print(Study study, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "Fisher diagonals of %d test networks: mean squared error in squared deviations of the targets%n",
        study.testNetworks());
    out.printf(
        Locale.ROOT, ROW, "", "networks", "error", "deviation", "against", "tried", "parameters");
    for (Study.FixedEstimator estimator : study.estimators()) {
      out.printf(
          Locale.ROOT,
          ROW,
          estimator.name(),
          "–",
          number(estimator.error()),
          "–",
          against(estimator.error(), study),
          "1",
          "0");
    }
    for (Study.Learner learner : study.learners()) {
      for (int size : learner.sizes()) {
        double mean = learner.mean(size);
        String parameters = String.format(Locale.ROOT, "%,d", learner.parameters());
        out.printf(
            Locale.ROOT,
            ROW,
            learner.name(),
            size,
            number(mean),
            number(learner.deviation(size)),
            against(mean, study),
            learner.settingsTried(),
            parameters);
      }
    }
    out.flush();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.5f", value);
  }

  /** The change against the standard estimator. */
  private static String against(double error, Study study) {
    return String.format(Locale.ROOT, "%+.1f %%", 100 * (error / study.standardError() - 1));
  }
}
