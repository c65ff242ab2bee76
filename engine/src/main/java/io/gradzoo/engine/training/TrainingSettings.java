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
 * @param batchSize examples of a minibatch; the last one of an epoch takes what is left
 * @param optimizer update rule
 * @param learningRate after the warm-up
 * @param shape of the learning rate from round to round
 * @param warmupSteps steps over which the rate grows linearly
 * @param weightDecay decoupled, on all parameters; 0 with another rule than AdamW
 * @param clipNorm largest global norm of a gradient
 * @param evaluateEvery rounds between two evaluations on the validation examples; the last round
 *     has one in any case
 * @param averaging how the shards' states become one
 * @param accumulation minibatches whose gradient a step takes together
 * @param epochs passes over the largest shard, which then decide the number of rounds ({@link
 *     #forLargestShard}); 0 where {@code rounds} says it
 * @param patience evaluations in a row without a better score after which training ends; 0 if it
 *     never ends early
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
    Averaging averaging,
    int accumulation,
    int epochs,
    int patience)
    implements Serializable {

  /** Settings of a plain training: averaged states, a minibatch a step, all rounds. */
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
        Averaging.PLAIN,
        1,
        0,
        0);
  }

  /** The same with another learning rate. */
  public TrainingSettings withLearningRate(double other) {
    return with(rounds, other, averaging, accumulation);
  }

  /** The same with states that are averaged in another way. */
  public TrainingSettings withAveraging(Averaging other) {
    return with(rounds, learningRate, other, accumulation);
  }

  /** The same with steps of so many minibatches. */
  public TrainingSettings withAccumulation(int minibatches) {
    return with(rounds, learningRate, averaging, minibatches);
  }

  /**
   * The same with the number of rounds that its epochs need, if these decide: so many that the
   * largest shard is passed over as often.
   *
   * @param examples of the largest shard, at least one
   */
  public TrainingSettings forLargestShard(int examples) {
    if (epochs == 0) {
      return this;
    }
    long minibatches = (long) epochs * ceil(examples, Math.min(batchSize, examples));
    long needed = ceil(ceil(minibatches, accumulation), stepsPerRound);
    return with((int) Math.min(needed, Integer.MAX_VALUE), learningRate, averaging, accumulation);
  }

  private static long ceil(long count, long size) {
    return (count + size - 1) / size;
  }

  private TrainingSettings with(
      int otherRounds, double otherRate, Averaging otherAveraging, int minibatches) {
    return new TrainingSettings(
        shards,
        otherRounds,
        stepsPerRound,
        batchSize,
        optimizer,
        otherRate,
        shape,
        warmupSteps,
        weightDecay,
        clipNorm,
        evaluateEvery,
        otherAveraging,
        minibatches,
        epochs,
        patience);
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
