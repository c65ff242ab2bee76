package io.gradzoo.engine.training;

import io.gradzoo.engine.optimize.LearningRateSchedule;
import io.gradzoo.engine.optimize.Optimizer;
import java.util.Arrays;
import java.util.List;

/**
 * The local steps of one shard: minibatches in an order that is a function of (seed, epoch, shard),
 * gradient, clipping, update. What it does is a pure function of its arguments, whatever ran before
 * in the same workspace.
 */
public final class ShardTrainer {
  private final TrainingSettings settings;
  private final long seed;
  private final int shard;
  private final List<Example> examples;

  /**
   * @param seed of the order of the examples and of dropout
   * @param examples of the shard, in the order of their ids
   */
  public ShardTrainer(TrainingSettings settings, long seed, int shard, List<Example> examples) {
    this.settings = settings;
    this.seed = seed;
    this.shard = shard;
    this.examples = examples;
  }

  /**
   * Runs {@code steps} steps from a state.
   *
   * @throws ArithmeticException naming the step if the loss or the gradient ceases to be finite,
   *     and the settings do not have the shard skipped
   */
  public ShardRound run(Workspace workspace, TrainingState start, int steps) {
    if (examples.isEmpty()) {
      return new ShardRound(start, 0, 0, false);
    }
    if (settings.averaging().onDivergence() == OnDivergence.FAIL) {
      return train(workspace, start, steps);
    }
    try {
      ShardRound round = train(workspace, start, steps);
      round.requireFinite();
      return round;
    } catch (DivergenceException e) {
      return new ShardRound(start, 0, 0, true);
    }
  }

  private ShardRound train(Workspace workspace, TrainingState start, int steps) {
    workspace.load(
        start.vector().length == start.parameters() ? start.vector() : start.parameterValues());
    Optimizer optimizer = settings.newOptimizer(start.parameters());
    if (start.momentVectors() > 0) {
      optimizer.restore(start.moments(), start.steps());
    }
    LearningRateSchedule schedule = settings.schedule();
    Minibatches minibatches = new Minibatches(seed, shard, examples.size(), settings.batchSize());
    long seen = 0;
    double loss;
    LocalSteps.StepRange which = new LocalSteps.StepRange(shard, start.steps(), steps);
    try (LocalSteps local = workspace.descend(optimizer, settings.clip(), which)) {
      for (long step = start.steps(); step < start.steps() + steps; step++) {
        long first = step * settings.accumulation();
        int count = minibatches.examples(first, settings.accumulation());
        local.begin();
        double stepLoss = accumulate(workspace, minibatches, first, count);
        local.step(stepLoss, count, schedule.rate(step));
        seen += count;
      }
      loss = local.end();
    }
    float[] values = workspace.parameters().values();
    return new ShardRound(state(values, optimizer, start.steps() + steps), seen, loss, false);
  }

  /** The gradient of a step, of minibatches from one on. */
  private double accumulate(Workspace workspace, Minibatches minibatches, long first, int count) {
    double loss = 0;
    for (long number = first; number < first + settings.accumulation(); number++) {
      minibatches.select(number);
      loss +=
          workspace.accumulate(
              examples,
              minibatches.order(),
              minibatches.from(),
              minibatches.count(),
              count,
              MinibatchOrder.key(seed, ~number, shard));
    }
    return loss;
  }

  private TrainingState state(float[] parameters, Optimizer optimizer, long steps) {
    boolean forgets = settings.averaging().optimizerState() == OptimizerState.RESET;
    float[][] moments = forgets ? new float[0][] : optimizer.moments();
    float[] vector = Arrays.copyOf(parameters, (1 + moments.length) * parameters.length);
    for (int i = 0; i < moments.length; i++) {
      System.arraycopy(moments[i], 0, vector, (i + 1) * parameters.length, parameters.length);
    }
    return new TrainingState(vector, parameters.length, steps);
  }

  /**
   * What a shard's local steps came to.
   *
   * @param state after the last step
   * @param examples seen, with repetition
   * @param loss summed over them
   * @param diverged whether its numbers ceased to be finite; then it counts for nothing
   */
  public record ShardRound(TrainingState state, long examples, double loss, boolean diverged) {
    /** A last step may lead to numbers of which no loss was taken yet. */
    private void requireFinite() {
      for (float value : state.vector()) {
        if (!Float.isFinite(value)) {
          throw new DivergenceException("at the last step of a round");
        }
      }
    }
  }
}
