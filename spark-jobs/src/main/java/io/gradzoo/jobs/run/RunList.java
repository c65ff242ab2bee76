package io.gradzoo.jobs.run;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.prediction.RoundMetrics;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * The runs in a folder.
 *
 * @param faults of runs that cannot be read
 */
public record RunList(List<RunSummary> runs, List<Fault> faults) implements JobResult {
  private static final String FORMAT = "%-28s %-20s %6s %12s %12s %8s %9s %-16s%n";

  public RunList {
    runs = List.copyOf(runs);
    faults = List.copyOf(faults);
  }

  @Override
  public void print(PrintWriter out) {
    if (runs.isEmpty() && faults.isEmpty()) {
      out.println("no runs yet: gradzoo train makes one");
      return;
    }
    out.printf(
        FORMAT,
        "RUN",
        "MODEL",
        "ROUNDS",
        "TRAIN LOSS",
        "VALID. LOSS",
        "VALID. τ",
        "SECONDS",
        "CODE");
    runs.forEach(run -> print(out, run));
  }

  /** With the last round's metrics. */
  private static void print(PrintWriter out, RunSummary run) {
    RoundMetrics last = run.rounds().get(run.rounds().size() - 1);
    out.printf(
        FORMAT,
        run.directory().name(),
        run.model(),
        last.round(),
        number("%.5f", last.trainLoss()),
        number("%.5f", last.validationLoss()),
        number("%.3f", last.validationTau()),
        number("%.1f", run.seconds()),
        run.codeVersion());
  }

  /** A number; a dash if it is none. */
  static String number(String format, double number) {
    return Double.isFinite(number) ? String.format(Locale.ROOT, format, number) : "–";
  }
}
