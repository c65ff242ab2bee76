package io.gradzoo.jobs.training;

import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.Standing;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.prediction.RoundMetrics;
import io.gradzoo.jobs.prediction.Validation;
import io.gradzoo.jobs.run.CheckpointFile;
import io.gradzoo.jobs.run.Checkpoints;
import io.gradzoo.jobs.run.RunDirectory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What is kept of every round: its metrics and, every few rounds and after the last, a checkpoint.
 * A round is shown as done when that is written.
 */
final class RoundRecorder implements BestOfRounds.Listener<Validation> {
  private final ModelConfig model;
  private final Checkpoints checkpoints;
  private final Progress.Task progress;
  private final BiFunction<String, Standing, CheckpointFile> file;
  private final StringBuilder metrics = new StringBuilder();
  private CheckpointFile last;

  /**
   * @param start checkpoint that the training goes on from, if any
   * @param file makes a checkpoint of the metrics so far and of what was reached
   */
  RoundRecorder(
      ModelConfig model,
      Checkpoints checkpoints,
      Progress.Task progress,
      Optional<CheckpointFile> start,
      BiFunction<String, Standing, CheckpointFile> file) {
    this.model = model;
    this.checkpoints = checkpoints;
    this.progress = progress;
    this.file = file;
    start.ifPresent(
        from -> {
          metrics.append(from.metrics());
          last = from;
        });
  }

  @Override
  public void completed(BestOfRounds.RoundSummary<Validation> round, Standing reached) {
    metrics.append(metrics(round).line());
    if (reached.round() % model.checkpointEvery() == 0
        || reached.round() == model.training().rounds()) {
      last = file.apply(metrics.toString(), reached);
      checkpoints.write(last);
    }
    progress.advance(1, summary(round));
  }

  /** The lines of all rounds. */
  String metrics() {
    return metrics.toString();
  }

  /** The metrics of a round, this training's own. */
  RoundMetrics round(int number) {
    byte[] lines = metrics().getBytes(StandardCharsets.UTF_8);
    return RoundMetrics.parse(RunDirectory.METRICS, lines).stream()
        .filter(round -> round.round() == number)
        .findFirst()
        .orElseThrow();
  }

  /** The newest checkpoint. */
  CheckpointFile last() {
    return last;
  }

  /** Loss, validation τ if there is one, and shards that diverged, in words. */
  private static String summary(BestOfRounds.RoundSummary<Validation> round) {
    StringBuilder words = new StringBuilder(String.format(Locale.ROOT, "loss %.5f", round.loss()));
    if (round.validation() != null) {
      double tau = round.validation().agreement().tau();
      words.append(String.format(Locale.ROOT, ", validation τ %.3f", tau));
    }
    if (!round.skippedShards().isEmpty()) {
      words.append(", without shards that diverged: ").append(round.skippedShards());
    }
    return words.toString();
  }

  private static RoundMetrics metrics(BestOfRounds.RoundSummary<Validation> round) {
    Validation validation = round.validation();
    return new RoundMetrics(
        round.round(),
        round.steps(),
        round.loss(),
        validation == null ? Double.NaN : validation.loss(),
        validation == null ? null : validation.agreement(),
        round.skippedShards());
  }
}
