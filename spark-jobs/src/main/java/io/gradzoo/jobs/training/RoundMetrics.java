package io.gradzoo.jobs.training;

import io.gradzoo.jobs.prediction.Agreement;
import java.util.Locale;

/**
 * What is known after a round.
 *
 * @param round from 1
 * @param steps local steps of each shard so far
 * @param trainLoss mean squared error over the examples of the round, while the parameters still
 *     moved
 * @param validation agreement on the validation split; null in rounds without an evaluation
 */
public record RoundMetrics(int round, long steps, double trainLoss, Agreement validation) {

  /** Loss and, if there is one, validation τ in words. */
  String summary() {
    return validation == null
        ? String.format(Locale.ROOT, "loss %.5f", trainLoss)
        : String.format(Locale.ROOT, "loss %.5f, validation τ %.3f", trainLoss, validation.tau());
  }
}
