package io.gradzoo.jobs.tracking;

import io.gradzoo.jobs.prediction.RoundMetrics;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is known of a training so far.
 *
 * @param name of its run
 * @param identity hash of all that its bytes depend on: trainings of one identity make the same
 *     rounds, so they are one run, however often they are interrupted or made again
 * @param settings that it depends on, as compact JSON, by their keys
 * @param rounds in order
 * @param evaluation numbers of an evaluation, by name; empty before there is one
 */
record TrackedRun(
    String name,
    String identity,
    SortedMap<String, String> settings,
    List<RoundMetrics> rounds,
    Map<String, Double> evaluation,
    State state) {
  /** Of every round. */
  static final String TRAIN_LOSS = "train/loss";

  /** Where a training is. */
  enum State {
    RUNNING,
    FINISHED,
    /** It ended before its end; the same command goes on with it. */
    FAILED
  }

  TrackedRun {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    rounds = List.copyOf(rounds);
    evaluation = Collections.unmodifiableMap(new LinkedHashMap<>(evaluation));
  }

  /** The same, further on. */
  TrackedRun with(List<RoundMetrics> others, Map<String, Double> numbers, State now) {
    return new TrackedRun(name, identity, settings, others, numbers, now);
  }

  /** The last round; 0 before there is one. */
  int lastRound() {
    return rounds.isEmpty() ? 0 : rounds.get(rounds.size() - 1).round();
  }

  /** The numbers of a round by name. */
  static Map<String, Double> numbers(RoundMetrics round) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put(TRAIN_LOSS, round.trainLoss());
    if (round.validation() != null) {
      numbers.put("validation/loss", round.validationLoss());
      if (round.validation().accuracy() != null) {
        numbers.put("validation/accuracy", round.validation().accuracy());
      } else {
        numbers.put("validation/tau", round.validation().tau());
        numbers.put("validation/r2", round.validation().r2());
        numbers.put("validation/mean-absolute-error", round.validation().meanAbsoluteError());
      }
    }
    if (!round.skippedShards().isEmpty()) {
      numbers.put("train/skipped-shards", (double) round.skippedShards().size());
    }
    return numbers;
  }
}
