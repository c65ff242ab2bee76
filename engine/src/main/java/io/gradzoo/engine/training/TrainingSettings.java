package io.gradzoo.engine.training;

import io.gradzoo.engine.optimize.AdamW;
import io.gradzoo.engine.optimize.GlobalNormClip;
import io.gradzoo.engine.optimize.Optimizer;
import io.gradzoo.engine.optimize.Sgd;
import io.gradzoo.engine.optimize.WarmupSchedule;
import java.io.Serializable;

/**
 * How the local steps of a shard are made.
 *
 * @param batchSize examples of a step; the last step of an epoch takes what is left
 * @param rule update rule
 * @param learningRate after the warm-up
 * @param warmupSteps steps over which the rate grows linearly
 * @param weightDecay decoupled, on all parameters; only AdamW has it
 * @param clipNorm largest global norm of a gradient
 * @param seed of the order of the examples and of dropout
 */
public record TrainingSettings(
    int batchSize,
    Rule rule,
    double learningRate,
    int warmupSteps,
    double weightDecay,
    double clipNorm,
    long seed)
    implements Serializable {

  /** Update rules of a metanetwork. */
  public enum Rule {
    ADAMW,
    /** Plain gradient descent: the rule under which averaging every step equals one big batch. */
    SGD
  }

  /** The same with another learning rate. */
  TrainingSettings withLearningRate(double rate) {
    return new TrainingSettings(batchSize, rule, rate, warmupSteps, weightDecay, clipNorm, seed);
  }

  Optimizer optimizer(int parameters) {
    return rule == Rule.ADAMW ? new AdamW(parameters, weightDecay) : new Sgd(parameters);
  }

  WarmupSchedule schedule() {
    return new WarmupSchedule(learningRate, warmupSteps);
  }

  GlobalNormClip clip() {
    return new GlobalNormClip(clipNorm);
  }
}
