package io.gradzoo.jobs.run;

import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.prediction.RoundMetrics;
import java.io.PrintWriter;
import java.util.List;

/**
 * In what two runs differ.
 *
 * @param differences in what they depend on, in words
 * @param sameParameters whether their models have the same bits
 */
public record RunDifference(
    RunSummary first, RunSummary second, List<String> differences, boolean sameParameters)
    implements JobResult {
  private static final String FORMAT = "%-28s %6s %12s %12s %8s%n";

  public RunDifference {
    differences = List.copyOf(differences);
  }

  @Override
  public void print(PrintWriter out) {
    out.printf(FORMAT, "RUN", "ROUNDS", "TRAIN LOSS", "VALID. LOSS", "VALID. τ");
    print(out, first);
    print(out, second);
    if (differences.isEmpty()) {
      out.println("trained with the same settings and code on the same members");
    }
    differences.forEach(out::println);
    out.println(sameParameters ? "the same parameters" : "other parameters");
  }

  private static void print(PrintWriter out, RunSummary run) {
    RoundMetrics last = run.rounds().get(run.rounds().size() - 1);
    out.printf(
        FORMAT,
        run.directory().name(),
        last.round(),
        RunList.number("%.5f", last.trainLoss()),
        RunList.number("%.5f", last.validationLoss()),
        RunList.number("%.3f", last.validationTau()));
  }
}
