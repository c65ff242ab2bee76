package io.gradzoo.jobs.rounds;

import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.ShardTrainer;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.jobs.device.DeviceUse;
import io.gradzoo.jobs.device.Placement;
import io.gradzoo.jobs.inference.Predictor;
import io.gradzoo.jobs.inference.WorkspacePool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import scala.Tuple2;

/**
 * Synchronous parameter averaging: in a round every shard makes some local steps from the same
 * state, and the states are averaged, weighted by the examples seen. What comes out depends on the
 * logical shards alone, not on executors, cores or retries.
 *
 * <p>A round is one Spark job. It has one stage where the driver has room for the states of all
 * shards, and averages them itself; else a second one averages them range by range. Where shards
 * keep their own moments, these are on the driver from round to round, as checkpoints have them.
 */
public final class AveragingRounds implements BestOfRounds.Rounds {
  /** Numbers that the states of all shards may have together on the driver: 64 MiB. */
  private static final int MOST_ON_DRIVER = 1 << 24;

  private final JavaSparkContext spark;
  private final Predictor predictor;
  private final TrainingSettings settings;
  private final long seed;
  private final JavaPairRDD<Integer, List<Example>> shards;
  private final int mostOnDriver;
  private final Placement placement;

  /**
   * @param seed of the order of the examples and of dropout
   * @param shards examples by shard, each in the order of their ids
   */
  public AveragingRounds(
      JavaSparkContext spark,
      Predictor predictor,
      TrainingSettings settings,
      long seed,
      JavaPairRDD<Integer, List<Example>> shards) {
    this(spark, predictor, settings, seed, shards, MOST_ON_DRIVER, Placement.anywhere());
  }

  /** With room for so many numbers on the driver. */
  AveragingRounds(
      JavaSparkContext spark,
      Predictor predictor,
      TrainingSettings settings,
      long seed,
      JavaPairRDD<Integer, List<Example>> shards,
      int mostOnDriver) {
    this(spark, predictor, settings, seed, shards, mostOnDriver, Placement.anywhere());
  }

  private AveragingRounds(
      JavaSparkContext spark,
      Predictor predictor,
      TrainingSettings settings,
      long seed,
      JavaPairRDD<Integer, List<Example>> shards,
      int mostOnDriver,
      Placement placement) {
    this.spark = spark;
    this.predictor = predictor;
    this.settings = settings;
    this.seed = seed;
    this.shards = shards;
    this.mostOnDriver = mostOnDriver;
    this.placement = placement;
  }

  /** The same in tasks that are placed so. */
  public AveragingRounds placed(Placement other) {
    return new AveragingRounds(spark, predictor, settings, seed, shards, mostOnDriver, other);
  }

  @Override
  public BestOfRounds.Round run(TrainingState start, int steps) {
    Broadcast<TrainingState> state = spark.broadcast(start.shared());
    List<Broadcast<float[]>> moments = start.ofShards().stream().map(spark::broadcast).toList();
    try {
      JavaRDD<RangeSlice> trained =
          placement.place(
              shards.map(
                  trained(predictor, settings, seed, state, moments, steps, placement.uses())));
      if (!moments.isEmpty()) {
        return keepingMoments(start, steps, trained.collect());
      }
      long numbers = (long) settings.shards() * start.vector().length;
      return assemble(
          start,
          steps,
          numbers <= mostOnDriver
              ? List.of(new Tuple2<>(0, RangeSlice.average(trained.collect())))
              : averageByRanges(trained, RangeSlice.count(start)));
    } finally {
      placement.tell();
      state.destroy();
      moments.forEach(Broadcast::destroy);
    }
  }

  /**
   * @param moments each shard's own, of which a task fetches those of its shard; empty where they
   *     are not kept
   * @param uses is told what the task runs on
   */
  private static Function<Tuple2<Integer, List<Example>>, RangeSlice> trained(
      Predictor predictor,
      TrainingSettings settings,
      long seed,
      Broadcast<TrainingState> state,
      List<Broadcast<float[]>> moments,
      int steps,
      Optional<CollectionAccumulator<DeviceUse>> uses) {
    CollectionAccumulator<DeviceUse> told = uses.orElse(null); // an Optional does not travel
    return shard -> {
      int number = shard._1();
      ShardTrainer trainer = new ShardTrainer(settings, seed, number, shard._2());
      TrainingState own =
          moments.isEmpty() ? state.value() : state.value().joined(moments.get(number).value());
      return RangeSlice.whole(
          number,
          WorkspacePool.with(
              predictor,
              (device, workspace) -> {
                if (told != null) {
                  told.add(Placement.use(device));
                }
                return trainer.run(workspace, own, steps);
              }));
    };
  }

  /** Averages the parameters alone; the driver holds the moments of all shards anyway. */
  private static BestOfRounds.Round keepingMoments(
      TrainingState start, int steps, List<RangeSlice> trained) {
    int averaged = start.vector().length;
    List<float[]> moments = new ArrayList<>(start.ofShards());
    List<RangeSlice> parameters = new ArrayList<>();
    for (RangeSlice shard : trained) {
      moments.set(
          shard.shard(), Arrays.copyOfRange(shard.values(), averaged, shard.values().length));
      parameters.add(shard.first(averaged));
    }
    RangeSlice average = RangeSlice.average(parameters);
    return new BestOfRounds.Round(
        start.next(steps, average.values(), moments),
        average.loss() / average.examples(),
        average.skipped());
  }

  private static List<Tuple2<Integer, RangeSlice>> averageByRanges(
      JavaRDD<RangeSlice> trained, int ranges) {
    return trained
        .flatMapToPair(
            shard -> {
              List<RangeSlice> slices = shard.cut();
              return IntStream.range(0, slices.size())
                  .mapToObj(range -> new Tuple2<>(range, slices.get(range)))
                  .iterator();
            })
        .groupByKey(Math.min(ranges, trained.getNumPartitions()))
        .mapValues(RangeSlice::average)
        .collect();
  }

  private static BestOfRounds.Round assemble(
      TrainingState start, int steps, List<Tuple2<Integer, RangeSlice>> averaged) {
    float[] vector = new float[start.vector().length];
    double loss = 0;
    List<Integer> skipped = List.of();
    for (Tuple2<Integer, RangeSlice> range : averaged) {
      float[] values = range._2().values();
      System.arraycopy(values, 0, vector, range._1() * RangeSlice.LENGTH, values.length);
      if (range._1() == 0) {
        loss = range._2().loss() / range._2().examples();
        skipped = range._2().skipped();
      }
    }
    return new BestOfRounds.Round(start.next(steps, vector, List.of()), loss, skipped);
  }
}
