package io.gradzoo.engine.training;

import io.gradzoo.engine.optimize.GlobalNormClip;
import io.gradzoo.engine.optimize.LearningRateSchedule;
import io.gradzoo.engine.optimize.Optimizer;
import io.gradzoo.engine.optimize.OptimizerKind;
import java.io.Serializable;

/**
 * How a metanetwork is trained in rounds of parameter averaging.
 *
 * @param shards logical shards the examples are cut into
 * @param rounds of averaging
 * @param stepsPerRound local steps of each shard between two averages
 * @param batchSize examples of a step; the last step of an epoch takes what is left
 * @param optimizer update rule
 * @param learningRate after the warm-up
 * @param shape of the learning rate from round to round
 * @param warmupSteps steps over which the rate grows linearly
 * @param weightDecay decoupled, on all parameters; 0 with another rule than AdamW
 * @param clipNorm largest global norm of a gradient
 * @param evaluateEvery rounds between two evaluations on the validation examples; the last round
 *     has one in any case
 * @param onDivergence what becomes of a shard whose numbers cease to be finite
 */
public record TrainingSettings(
    int shards,
    int rounds,
    int stepsPerRound,
    int batchSize,
    OptimizerKind optimizer,
    double learningRate,
    LearningRateSchedule.Decay shape,
    int warmupSteps,
    double weightDecay,
    double clipNorm,
    int evaluateEvery,
    OnDivergence onDivergence)
    implements Serializable {

  /** Settings of a training that ends when a shard diverges. */
  public TrainingSettings(
      int shards,
      int rounds,
      int stepsPerRound,
      int batchSize,
      OptimizerKind optimizer,
      double learningRate,
      LearningRateSchedule.Decay shape,
      int warmupSteps,
      double weightDecay,
      double clipNorm,
      int evaluateEvery) {
    this(
        shards,
        rounds,
        stepsPerRound,
        batchSize,
        optimizer,
        learningRate,
        shape,
        warmupSteps,
        weightDecay,
        clipNorm,
        evaluateEvery,
        OnDivergence.FAIL);
  }

  Optimizer newOptimizer(int parameters) {
    return optimizer.create(parameters, weightDecay);
  }

  LearningRateSchedule schedule() {
    return new LearningRateSchedule(learningRate, warmupSteps, shape, rounds, stepsPerRound);
  }

  GlobalNormClip clip() {
    return new GlobalNormClip(clipNorm);
  }
}
