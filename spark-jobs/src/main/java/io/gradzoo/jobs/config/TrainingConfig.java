package io.gradzoo.jobs.config;

import java.io.Serializable;

/**
 * How a metanetwork is trained by synchronous parameter averaging.
 *
 * @param shards logical shards the members are cut into
 * @param rounds of averaging
 * @param stepsPerRound local steps of each shard between two averages
 * @param batchSize members a step
 * @param learningRate of AdamW after the warm-up
 * @param warmupSteps steps over which the learning rate grows linearly
 * @param weightDecay decoupled, on all parameters
 * @param clipNorm largest global norm of a gradient
 * @param evaluateEvery rounds between two evaluations on the validation split
 */
public record TrainingConfig(
    int shards,
    int rounds,
    int stepsPerRound,
    int batchSize,
    double learningRate,
    int warmupSteps,
    double weightDecay,
    double clipNorm,
    int evaluateEvery)
    implements Serializable {
  static TrainingConfig read(Section section) {
    TrainingConfig training =
        new TrainingConfig(
            section.count("shards", 1, 100_000),
            section.count("rounds", 1, 1_000_000),
            section.count("steps-per-round", 1, 1_000_000),
            section.count("batch-size", 1, 1_000_000),
            section.number("learning-rate", 1e-12, 100),
            section.count("warmup-steps", 0, 1_000_000_000),
            section.number("weight-decay", 0, 100),
            section.number("clip-norm", 1e-6, 1e9),
            section.count("evaluate-every", 1, 1_000_000));
    section.finish();
    return training;
  }
}
