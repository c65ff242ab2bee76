package io.gradzoo.jobs.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.baseline.FlatMlpSpec;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.optimize.LearningRateSchedule.Decay;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.jobs.inference.Predictor;
import io.gradzoo.jobs.rounds.AveragingRounds;
import io.gradzoo.jobs.rounds.RoundClock;
import io.gradzoo.jobs.rounds.RoundCosts;
import io.gradzoo.jobs.session.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * What rounds of parameter averaging cost for states and shards of several sizes, with one step of
 * plain descent on one example a shard, beside the least that Spark takes for the same vectors, in
 * turns: broadcast one, have each shard send one back, add them.
 *
 * @param master where Spark runs
 * @param parameters counts of parameters, roughly
 * @param shards counts of shards
 * @param rounds measured of each, after one to warm up
 */
public record AveragingBench(
    String master, List<Integer> parameters, List<Integer> shards, int rounds) {
  private static final LayeredArchitecture NETWORK =
      LayeredArchitecture.parse("relu:64:dense64:dense64:dense10");

  /** Numbers that the driver adds itself, as {@link AveragingRounds} does. */
  private static final long MOST_ON_DRIVER = 1 << 24;

  /** Measures, and gives a line of JSON for each pair of sizes. */
  public void run(Consumer<String> lines) {
    boolean shared = SparkSession.getDefaultSession().isDefined();
    SparkSession session = Sessions.open("gradzoo bench averaging", master);
    try {
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
      for (int size : parameters) {
        for (int count : shards) {
          lines.accept(line(spark, size, count));
        }
      }
    } finally {
      if (!shared) {
        session.stop();
      }
    }
  }

  private String line(JavaSparkContext spark, int size, int count) {
    FlatMlpSpec metanetwork = new FlatMlpSpec(NETWORK.parameterCount(), width(size));
    TrainingSettings settings =
        new TrainingSettings(count, 1, 1, 1, OptimizerKind.SGD, 1e-6, Decay.CONSTANT, 0, 0, 1, 1);
    TrainingState state =
        TrainingState.initial(metanetwork.build().layout().initialize(1), settings);
    JavaPairRDD<Integer, List<Example>> examples =
        spark.parallelizePairs(examples(count), count).cache();
    AveragingRounds averaging =
        new AveragingRounds(spark, Predictor.ofShare(metanetwork), settings, 1, examples);
    averaging.run(state, 1);
    bare(spark, examples, state.vector());
    double bareSeconds = 0;
    RoundCosts costs;
    try (RoundClock clock = new RoundClock(spark.sc())) {
      for (int i = 0; i < rounds; i++) {
        clock.measuring(averaging).run(state, 1);
        long began = System.nanoTime();
        bare(spark, examples, state.vector());
        bareSeconds += (System.nanoTime() - began) * 1e-9;
      }
      costs = clock.costs();
    }
    examples.unpersist();
    return json(state.vector().length, count, costs, bareSeconds);
  }

  private String json(int size, int count, RoundCosts costs, double bareSeconds) {
    ObjectNode line = new ObjectMapper().createObjectNode();
    line.put("bench", "averaging");
    line.put("master", master);
    line.put("parameters", size);
    line.put("shards", count);
    line.put("averaged", (long) count * size <= MOST_ON_DRIVER ? "on the driver" : "by ranges");
    line.put("seconds_per_round", BenchResult.rounded(costs.seconds() / rounds));
    line.put("seconds_of_tasks", BenchResult.rounded(costs.taskSeconds() / rounds));
    line.put("seconds_beyond_compute", BenchResult.rounded(costs.beyondPerRound()));
    line.put("seconds_of_bare_spark", BenchResult.rounded(bareSeconds / rounds));
    line.put("ratio_to_bare_spark", BenchResult.rounded(costs.seconds() / bareSeconds));
    line.put("slots", costs.slots());
    line.put("heap_mb", Runtime.getRuntime().maxMemory() >> 20);
    line.put("rounds", rounds);
    line.put("java", System.getProperty("java.version"));
    return line.toString();
  }

  /** A hidden width with about so many parameters: inputs · width + width². */
  private static int width(int size) {
    double inputs = NETWORK.parameterCount();
    return Math.max(1, (int) Math.round((Math.sqrt(inputs * inputs + 4.0 * size) - inputs) / 2));
  }

  private static List<Tuple2<Integer, List<Example>>> examples(int count) {
    float[] weights = new float[NETWORK.parameterCount()];
    List<Tuple2<Integer, List<Example>>> shards = new ArrayList<>();
    for (int shard = 0; shard < count; shard++) {
      Example example =
          new Example("shard " + shard, NETWORK, ExampleParts.ofWeights(weights), 0.5);
      shards.add(new Tuple2<>(shard, List.of(example)));
    }
    return shards;
  }

  /** A vector to all shards, one from each, and their sum, in any order. */
  private static void bare(
      JavaSparkContext spark, JavaPairRDD<Integer, List<Example>> shards, float[] vector) {
    Broadcast<float[]> sent = spark.broadcast(vector);
    try {
      if ((long) shards.getNumPartitions() * vector.length <= MOST_ON_DRIVER) {
        float[] sum = new float[vector.length];
        shards.map(shard -> sent.value().clone()).collect().forEach(each -> add(sum, each));
      } else {
        shards.map(shard -> sent.value().clone()).treeReduce(AveragingBench::add);
      }
    } finally {
      sent.destroy();
    }
  }

  private static float[] add(float[] sum, float[] other) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }
}
