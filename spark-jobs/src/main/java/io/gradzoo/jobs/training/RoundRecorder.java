package io.gradzoo.jobs.training;

import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.Standing;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.jobs.prediction.Agreement;
import io.gradzoo.jobs.prediction.RoundMetrics;
import io.gradzoo.jobs.prediction.Validation;
import io.gradzoo.jobs.run.CheckpointFile;
import io.gradzoo.jobs.run.Checkpoints;
import io.gradzoo.jobs.run.RunDirectory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What is kept of every round: its metrics and, every few rounds and after the last, a checkpoint.
 * A round may be shown as done when that is written.
 */
final class RoundRecorder implements BestOfRounds.Listener<Validation> {
  private final TrainingSettings settings;
  private final int checkpointEvery;
  private final Checkpoints checkpoints;
  private final BiFunction<String, Standing, CheckpointFile> file;
  private final StringBuilder metrics = new StringBuilder();
  private final List<RoundMetrics> rounds = new ArrayList<>();
  private CheckpointFile last;

  /**
   * @param checkpointEvery rounds from one checkpoint to the next
   * @param start checkpoint that the training goes on from, if any
   * @param file makes a checkpoint of the metrics so far and of what was reached
   */
  RoundRecorder(
      TrainingSettings settings,
      int checkpointEvery,
      Checkpoints checkpoints,
      Optional<CheckpointFile> start,
      BiFunction<String, Standing, CheckpointFile> file) {
    this.settings = settings;
    this.checkpointEvery = checkpointEvery;
    this.checkpoints = checkpoints;
    this.file = file;
    start.ifPresent(
        from -> {
          metrics.append(from.metrics());
          rounds.addAll(
              RoundMetrics.parse(
                  RunDirectory.METRICS, from.metrics().getBytes(StandardCharsets.UTF_8)));
          last = from;
        });
  }

  @Override
  public void completed(BestOfRounds.RoundSummary<Validation> round, Standing reached) {
    RoundMetrics made = metrics(round);
    rounds.add(made);
    metrics.append(made.line());
    if (reached.round() % checkpointEvery == 0 || reached.isOver(settings)) {
      last = file.apply(metrics.toString(), reached);
      checkpoints.write(last);
    }
  }

  /**
   * A round in words: loss, validation τ or accuracy if there is one, shards that diverged, an
   * early end.
   */
  String words(BestOfRounds.RoundSummary<Validation> round, Standing reached) {
    StringBuilder words = new StringBuilder(String.format(Locale.ROOT, "loss %.5f", round.loss()));
    if (round.validation() != null) {
      Agreement agreement = round.validation().agreement();
      words.append(
          agreement.accuracy() == null
              ? String.format(Locale.ROOT, ", validation τ %.3f", agreement.tau())
              : String.format(Locale.ROOT, ", validation accuracy %.3f", agreement.accuracy()));
    }
    if (!round.skippedShards().isEmpty()) {
      words.append(", without shards that diverged: ").append(round.skippedShards());
    }
    if (reached.isOver(settings) && reached.round() < settings.rounds()) {
      int best = reached.best().orElseThrow().round();
      words.append(", the last: none did better than round ").append(best);
    }
    return words.toString();
  }

  /** The lines of all rounds. */
  String metrics() {
    return metrics.toString();
  }

  /** The metrics of all rounds, this training's own. */
  List<RoundMetrics> rounds() {
    return Collections.unmodifiableList(rounds);
  }

  /** The newest checkpoint. */
  CheckpointFile last() {
    return last;
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
