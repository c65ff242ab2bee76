package io.gradzoo.jobs.rounds;

import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.ShardTrainer;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.jobs.inference.Predictor;
import io.gradzoo.jobs.inference.WorkspacePool;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Synchronous parameter averaging: in a round every shard makes some local steps from the same
 * state, and the states are averaged, weighted by the examples seen. What comes out depends on the
 * logical shards alone, not on executors, cores or retries.
 */
final class AveragingRounds implements BestOfRounds.Rounds {
  private final JavaSparkContext spark;
  private final Predictor predictor;
  private final TrainingSettings settings;
  private final long seed;
  private final JavaPairRDD<Integer, List<Example>> shards;

  /**
   * @param seed of the order of the examples and of dropout
   * @param shards examples by shard, each in the order of their ids
   */
  AveragingRounds(
      JavaSparkContext spark,
      Predictor predictor,
      TrainingSettings settings,
      long seed,
      JavaPairRDD<Integer, List<Example>> shards) {
    this.spark = spark;
    this.predictor = predictor;
    this.settings = settings;
    this.seed = seed;
    this.shards = shards;
  }

  @Override
  public BestOfRounds.Round run(TrainingState start, int steps) {
    Broadcast<TrainingState> state = spark.broadcast(start);
    try {
      int ranges = RangeSlice.count(start);
      List<Tuple2<Integer, RangeSlice>> averaged =
          shards
              .flatMapToPair(slices(predictor, settings, seed, state, steps))
              .groupByKey(Math.min(ranges, shards.getNumPartitions()))
              .mapValues(RangeSlice::average)
              .collect();
      return assemble(start, steps, averaged);
    } finally {
      state.destroy();
    }
  }

  private static org.apache.spark.api.java.function.PairFlatMapFunction<
          Tuple2<Integer, List<Example>>, Integer, RangeSlice>
      slices(
          Predictor predictor,
          TrainingSettings settings,
          long seed,
          Broadcast<TrainingState> state,
          int steps) {
    return shard -> {
      ShardTrainer trainer = new ShardTrainer(settings, seed, shard._1(), shard._2());
      ShardTrainer.ShardRound round =
          WorkspacePool.with(predictor, workspace -> trainer.run(workspace, state.value(), steps));
      List<RangeSlice> slices = RangeSlice.cut(shard._1(), round);
      Iterator<Integer> ranges = java.util.stream.IntStream.range(0, slices.size()).iterator();
      return slices.stream().map(slice -> new Tuple2<>(ranges.next(), slice)).iterator();
    };
  }

  private static BestOfRounds.Round assemble(
      TrainingState start, int steps, List<Tuple2<Integer, RangeSlice>> averaged) {
    float[] vector = new float[start.vector().length];
    double loss = 0;
    for (Tuple2<Integer, RangeSlice> range : averaged) {
      float[] values = range._2().values();
      System.arraycopy(values, 0, vector, range._1() * RangeSlice.LENGTH, values.length);
      if (range._1() == 0) {
        loss = range._2().loss() / range._2().examples();
      }
    }
    return new BestOfRounds.Round(
        new TrainingState(vector, start.parameters(), start.steps() + steps), loss);
  }
}
