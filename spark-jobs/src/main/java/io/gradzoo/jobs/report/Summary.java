package io.gradzoo.jobs.report;

import io.gradzoo.jobs.report.Report.ModelResult;
import io.gradzoo.jobs.report.Report.ZooSummary;
import io.gradzoo.jobs.report.block.Numbers;
import io.gradzoo.jobs.task.TaskSection.Headline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The summary of a report, in a few sentences. */
final class Summary {
  private Summary() {}

  /** What the best model of each task reached, then what became of the zoo. */
  static String of(Report report) {
    return headlines(report).stream()
            .map(headline -> headline.sentence() + " ")
            .collect(Collectors.joining())
        + zoo(report.zoo());
  }

  /** The highest-ranked headline of each task, in the order of the models. */
  static List<Headline> headlines(Report report) {
    Map<String, Headline> best = new LinkedHashMap<>();
    for (ModelResult model : report.metanetworks()) {
      model
          .headline()
          .ifPresent(own -> best.merge(model.target(), own, (a, b) -> b.rank() > a.rank() ? b : a));
    }
    return List.copyOf(best.values());
  }

  private static String zoo(ZooSummary zoo) {
    if (zoo.members() == 0) {
      return "The zoo is empty.";
    }
    if (zoo.accuracies().stream().allMatch(group -> group.accuracies().isEmpty())
        && zoo.ok() == zoo.members()) {
      return "The zoo has " + Numbers.count(zoo.members(), "untrained network") + ".";
    }
    String lost =
        zoo.diverged() + zoo.failed() == 0
            ? "all of them trained"
            : Numbers.count(zoo.ok())
                + " trained, "
                + Numbers.count(zoo.diverged())
                + " diverged, "
                + Numbers.count(zoo.failed())
                + " failed";
    return "The zoo has " + Numbers.count(zoo.members(), "network") + ": " + lost + ".";
  }
}
