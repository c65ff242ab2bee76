package io.gradzoo.jobs.report;

import io.gradzoo.jobs.evaluation.Score;
import io.gradzoo.jobs.evaluation.Score.Role;
import io.gradzoo.jobs.report.Report.MetanetworkResults;
import io.gradzoo.jobs.report.Report.ZooSummary;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The summary of a report, in a sentence or two. */
final class Summary {
  private Summary() {}

  /** The best metanetwork against the best baseline, then what became of the zoo. */
  static String of(Report report) {
    return best(report).map(best -> outcome(best) + " ").orElse("") + zoo(report.zoo());
  }

  /** The metanetwork whose own score has the highest τ-b. */
  static Optional<MetanetworkResults> best(Report report) {
    return report.metanetworks().stream()
        .filter(m -> ownScore(m).isPresent())
        .max(Comparator.comparingDouble(m -> rank(ownScore(m).orElseThrow())));
  }

  /** The metanetwork's own row, of which it has one at most. */
  static Optional<Score> ownScore(MetanetworkResults metanetwork) {
    return metanetwork.scores().stream().filter(s -> s.role() == Role.METANETWORK).findFirst();
  }

  private static String outcome(MetanetworkResults metanetwork) {
    Score own = ownScore(metanetwork).orElseThrow();
    List<Score> scores = metanetwork.scores();
    Stream<Score> baselines = scores.stream().filter(s -> s.role() == Role.BASELINE);
    String against =
        baselines
            .max(Comparator.comparingDouble(Summary::rank))
            .filter(baseline -> Double.isFinite(baseline.agreement().tau()))
            .map(b -> "; the best baseline, " + b.name() + ", reaches " + tau(b))
            .orElse("");
    return metanetwork.name()
        + " predicts the "
        + metanetwork.target()
        + " of "
        + Numbers.count(metanetwork.predictions().size(), "unseen network")
        + " with Kendall τ-b "
        + tau(own)
        + " and R² "
        + Numbers.fixed(own.agreement().r2(), 3)
        + against
        + ".";
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

  private static String tau(Score score) {
    return Numbers.fixed(score.agreement().tau(), 3);
  }

  private static double rank(Score score) {
    return Double.isNaN(score.agreement().tau())
        ? Double.NEGATIVE_INFINITY
        : score.agreement().tau();
  }
}
