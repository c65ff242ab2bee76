package io.gradzoo.jobs.task;

import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.prediction.RoundMetrics;
import io.gradzoo.jobs.prediction.Score;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an evaluated model, for its section of a report.
 *
 * @param name its name, also that of its own row among the scores
 * @param target what it predicts, in words, such as {@code test accuracy}
 * @param unit of what it predicts and of errors, in words
 * @param scores its row and those of the baselines, measured on the same test members
 * @param predictions its prediction for each test member
 * @param rounds how training went
 * @param files of its run directory
 */
public record ModelResults(
    String name,
    String target,
    String unit,
    List<Score> scores,
    List<Prediction> predictions,
    List<RoundMetrics> rounds,
    Files files) {
  public ModelResults {
    scores = List.copyOf(scores);
    predictions = List.copyOf(predictions);
    rounds = List.copyOf(rounds);
  }

  /** The files of a run directory, for tasks that write one of their own. */
  @FunctionalInterface
  public interface Files {
    /** The content of a file; empty if there is none of that name. */
    Optional<byte[]> read(String name);
  }

  /** The model's own row, of which there is one at most. */
  public Optional<Score> ownScore() {
    return scores.stream().filter(score -> score.role() == Score.Role.METANETWORK).findFirst();
  }

  /** The rows of the baselines. */
  public List<Score> baselines() {
    return scores.stream().filter(score -> score.role() == Score.Role.BASELINE).toList();
  }
}
