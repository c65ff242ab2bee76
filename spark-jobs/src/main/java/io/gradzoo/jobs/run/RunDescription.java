package io.gradzoo.jobs.run;

import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.prediction.RoundMetrics;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * What one run is.
 *
 * @param tables the versions of the tables that were read, a line each
 * @param files of the run directory, by name
 */
public record RunDescription(
    RunSummary summary, TrainedModel model, List<String> tables, List<String> files)
    implements JobResult {
  private static final String FORMAT = "%-12s %s%n";

  public RunDescription {
    tables = List.copyOf(tables);
    files = List.copyOf(files);
  }

  @Override
  public void print(PrintWriter out) {
    out.printf(FORMAT, "run", summary.directory());
    out.printf(
        FORMAT,
        "model",
        String.format(
            Locale.ROOT,
            "%s: kind %s, task %s, %,d parameters",
            model.model().name(),
            model.model().kind().name(),
            model.model().task().name(),
            model.parameters().length));
    out.printf(FORMAT, "zoo", model.config().zoo().name());
    out.printf(
        FORMAT, "members", model.members().map(each -> each.words(null)).orElse("not known"));
    tables.forEach(table -> out.printf(FORMAT, "table", table));
    out.printf(FORMAT, "config", summary.configHash());
    out.printf(FORMAT, "code", summary.codeVersion());
    model.startedFrom().ifPresent(hash -> out.printf(FORMAT, "started from", hash));
    RoundMetrics last = summary.rounds().get(summary.rounds().size() - 1);
    out.printf(
        FORMAT,
        "last round",
        "%d: train loss %s, validation loss %s, %s"
            .formatted(
                last.round(),
                RunList.number("%.5f", last.trainLoss()),
                RunList.number("%.5f", last.validationLoss()),
                Double.isNaN(last.validationAccuracy())
                    ? "τ " + RunList.number("%.3f", last.validationTau())
                    : "accuracy " + RunList.number("%.3f", last.validationAccuracy())));
    out.printf(FORMAT, "seconds", RunList.number("%.1f", summary.seconds()));
    out.printf(FORMAT, "files", String.join(", ", files) + ": as they were published");
  }
}
