package io.gradzoo.engine.training;

import io.gradzoo.engine.optimize.GlobalNormClip;
import io.gradzoo.engine.optimize.LearningRateSchedule;
import io.gradzoo.engine.optimize.Optimizer;
import io.gradzoo.engine.tensor.Parameters;
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
    if (settings.onDivergence() == OnDivergence.FAIL) {
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
    optimizer.restore(start.moments(), start.steps());
    LearningRateSchedule schedule = settings.schedule();
    GlobalNormClip clip = settings.clip();
    Parameters parameters = workspace.parameters();
    int batch = Math.min(settings.batchSize(), examples.size());
    int stepsPerEpoch = (examples.size() + batch - 1) / batch;
    int[] order = new int[examples.size()];
    long orderEpoch = -1;
    long seen = 0;
    double loss = 0;
    for (long step = start.steps(); step < start.steps() + steps; step++) {
      long epoch = step / stepsPerEpoch;
      if (epoch != orderEpoch) {
        MinibatchOrder.set(order, seed, epoch, shard);
        orderEpoch = epoch;
      }
      int from = (int) (step % stepsPerEpoch) * batch;
      int count = Math.min(batch, examples.size() - from);
      parameters.clearGradients();
      double stepLoss =
          workspace.accumulate(
              examples, order, from, count, MinibatchOrder.key(seed, ~step, shard));
      double norm = clip.apply(parameters.gradients());
      if (!Double.isFinite(stepLoss) || !Double.isFinite(norm)) {
        throw new DivergenceException(
            "in shard %d at step %d: loss %s, gradient norm %s"
                .formatted(shard, step + 1, stepLoss / count, norm));
      }
      optimizer.step(parameters.values(), parameters.gradients(), schedule.rate(step));
      parameters.changed();
      loss += stepLoss;
      seen += count;
    }
    return new ShardRound(state(parameters.values(), optimizer), seen, loss, false);
  }

  private static TrainingState state(float[] parameters, Optimizer optimizer) {
    float[][] moments = optimizer.moments();
    float[] vector = Arrays.copyOf(parameters, (1 + moments.length) * parameters.length);
    for (int i = 0; i < moments.length; i++) {
      System.arraycopy(moments[i], 0, vector, (i + 1) * parameters.length, parameters.length);
    }
    return new TrainingState(vector, parameters.length, optimizer.steps());
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
