package io.gradzoo.engine.training;

import io.gradzoo.engine.optimize.OuterOptimizer;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What training carries from one round to the next. What is averaged is one flat vector: the
 * parameters, then the optimiser's moments if they are averaged too.
 *
 * @param vector [(1 + moment vectors) · parameters]
 * @param parameters count of parameters
 * @param steps steps taken
 * @param velocity of the outer optimiser, [parameters]; [0] without momentum
 * @param ofShards each shard's own moments, [moment vectors · parameters], by its number; empty
 *     where they are not kept per shard
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record TrainingState(
    float[] vector, int parameters, long steps, float[] velocity, List<float[]> ofShards)
    implements Serializable {
  private static final float[] NONE = {};

  /** A state of which all is averaged. */
  public TrainingState(float[] vector, int parameters, long steps) {
    this(vector, parameters, steps, NONE, List.of());
  }

  /** The state before the first step. */
  public static TrainingState initial(float[] parameters, TrainingSettings settings) {
    int size = parameters.length;
    int moments = settings.newOptimizer(size).moments().length;
    Averaging averaging = settings.averaging();
    int averaged = averaging.optimizerState() == OptimizerState.AVERAGED ? moments : 0;
    boolean kept = averaging.optimizerState() == OptimizerState.KEPT_PER_SHARD && moments > 0;
    return new TrainingState(
        Arrays.copyOf(parameters, (1 + averaged) * size),
        size,
        0,
        new float[averaging.outer().velocities(size)],
        IntStream.range(0, kept ? settings.shards() : 0)
            .mapToObj(shard -> new float[moments * size])
            .toList());
  }

  /** A copy of the parameters. */
  public float[] parameterValues() {
    return Arrays.copyOf(vector, parameters);
  }

  /** How many moment vectors of the optimiser are in the vector. */
  public int momentVectors() {
    return vector.length / parameters - 1;
  }

  /** Without what no shard, or only one, needs to know. */
  public TrainingState shared() {
    return new TrainingState(vector, parameters, steps);
  }

  /** What one shard begins a round with: the shared state, and its own moments if it has any. */
  TrainingState ofShard(int shard) {
    return ofShards.isEmpty() ? shared() : shared().joined(ofShards.get(shard));
  }

  /** With a shard's own moments in the vector. */
  public TrainingState joined(float[] moments) {
    float[] both = Arrays.copyOf(vector, vector.length + moments.length);
    System.arraycopy(moments, 0, both, vector.length, moments.length);
    return new TrainingState(both, parameters, steps);
  }

  /**
   * The state after a round.
   *
   * @param made steps in the round
   * @param averaged over the shards, [vector.length]
   * @param moments each shard's own, by its number; empty where they are not kept
   */
  public TrainingState next(int made, float[] averaged, List<float[]> moments) {
    return new TrainingState(averaged, parameters, steps + made, velocity, moments);
  }

  /**
   * This averaged state after the outer optimiser's step.
   *
   * @param before at the beginning of the round
   */
  TrainingState moved(TrainingState before, Averaging averaging) {
    if (averaging.outer().equals(OuterOptimizer.AVERAGE)) {
      return this;
    }
    float[] next = vector.clone();
    float[] speed = velocity.clone();
    averaging.outer().step(before.parameterValues(), next, speed);
    return new TrainingState(next, parameters, steps, speed, ofShards);
  }

  /** The optimiser's moment vectors, copied. */
  float[][] moments() {
    float[][] moments = new float[momentVectors()][parameters];
    for (int i = 0; i < moments.length; i++) {
      System.arraycopy(vector, (i + 1) * parameters, moments[i], 0, parameters);
    }
    return moments;
  }
}
