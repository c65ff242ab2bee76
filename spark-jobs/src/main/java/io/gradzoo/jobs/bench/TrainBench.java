package io.gradzoo.jobs.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.ShardTrainer;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.engine.training.Workspace;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.example.MadeUpExamples;
import io.gradzoo.jobs.inference.Predictor;
import io.gradzoo.jobs.rounds.AveragingRounds;
import io.gradzoo.jobs.session.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * Rounds of parameter averaging on Spark beside the same local steps of the same shards on as many
 * threads alone, in turns: what is lost between the two is what Spark and the averaging cost.
 */
public final class TrainBench {
  private static final int MOST_EXAMPLES = 256;

  private final ModelConfig model;
  private final TrainingSettings settings;
  private final Predictor predictor;
  private final TrainingState start;
  private final List<List<Example>> shards = new ArrayList<>();
  private final int threads;
  private final double seconds;

  /**
   * @param model that the config has
   * @param threads of Spark, and of the steps alone
   * @param seconds to measure for, after as long to warm up
   * @throws GradzooException exit code 2 if the config has no such model, or no networks for it, or
   *     for a number out of range
   */
  public TrainBench(GradzooConfig config, String model, int threads, double seconds) {
    this.model = config.requireModel(model);
    this.settings = this.model.training();
    BenchSettings measured =
        new BenchSettings(settings.batchSize(), threads, seconds, BenchSettings.Work.TRAINING);
    this.threads = measured.threads();
    this.seconds = measured.seconds();
    List<Architecture> architectures = MadeUpExamples.architectures(config, this.model);
    if (architectures.isEmpty()) {
      throw GradzooException.usage(
          Fault.of("bench")
              .at("models." + model)
              .expected(this.model.members().name() + " in zoo.architectures")
              .found(config.zoo().architectures()));
    }
    this.predictor =
        Predictor.of(
            MadeUpExamples.task(this.model, architectures),
            this.model.outputUnit(),
            this.model.spec(architectures),
            MadeUpExamples.statistics(this.model));
    this.start =
        TrainingState.initial(
            predictor.metanetwork().build().layout().initialize(config.seed()), settings);
    int each = Math.min(MOST_EXAMPLES, settings.batchSize() * settings.stepsPerRound());
    for (int shard = 0; shard < settings.shards(); shard++) {
      shards.add(MadeUpExamples.of(this.model, architectures, each, config.seed() + shard));
    }
  }

  /**
   * Warms up, measures, and returns one line of JSON.
   *
   * @param preset for the record; none if empty
   */
  public String run(String preset) {
    boolean shared = SparkSession.getDefaultSession().isDefined();
    SparkSession session = Sessions.open("gradzoo bench train", "local[" + threads + "]");
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
      List<Tuple2<Integer, List<Example>>> keyed = new ArrayList<>();
      for (int shard = 0; shard < shards.size(); shard++) {
        keyed.add(new Tuple2<>(shard, shards.get(shard)));
      }
      JavaPairRDD<Integer, List<Example>> cached =
          spark.parallelizePairs(keyed, shards.size()).cache();
      AveragingRounds rounds = new AveragingRounds(spark, predictor, settings, 0, cached);
      InTurns turns = new InTurns(rounds, pool);
      turns.repeat(seconds);
      turns.clear();
      turns.repeat(seconds);
      return line(preset, turns);
    } finally {
      pool.shutdown();
      if (!shared) {
        session.stop();
      }
    }
  }

  private String line(String preset, InTurns turns) {
    double examples = (double) settings.shards() * settings.stepsPerRound() * settings.batchSize();
    double inRounds = examples * turns.count / turns.roundSeconds;
    double alone = examples * turns.count / turns.stepSeconds;
    ObjectNode line = new ObjectMapper().createObjectNode();
    line.put("bench", "train");
    if (!preset.isEmpty()) {
      line.put("preset", preset);
    }
    line.put("model", model.name());
    line.put("batch", settings.batchSize());
    line.put("threads", threads);
    line.put("shards", settings.shards());
    line.put("steps_per_round", settings.stepsPerRound());
    line.put("examples_per_second_in_rounds", BenchResult.rounded(inRounds));
    line.put("examples_per_second_of_steps_alone", BenchResult.rounded(alone));
    line.put("fraction_of_steps_alone", BenchResult.rounded(inRounds / alone));
    line.put("seconds_per_round", BenchResult.rounded(turns.roundSeconds / turns.count));
    line.put("rounds", turns.count);
    line.put("java", System.getProperty("java.version"));
    return line.toString();
  }

  /** A round on Spark and its steps alone, again and again. */
  private final class InTurns {
    private final AveragingRounds rounds;
    private final ExecutorService pool;
    private final List<Workspace> workspaces = new ArrayList<>();
    private TrainingState state = start;
    private int count;
    private double roundSeconds;
    private double stepSeconds;

    InTurns(AveragingRounds rounds, ExecutorService pool) {
      this.rounds = rounds;
      this.pool = pool;
      for (int thread = 0; thread < threads; thread++) {
        workspaces.add(predictor.workspace());
      }
    }

    void clear() {
      count = 0;
      roundSeconds = 0;
      stepSeconds = 0;
    }

    void repeat(double least) {
      while (count == 0 || roundSeconds + stepSeconds < least) {
        long begin = System.nanoTime();
        stepsAlone();
        long between = System.nanoTime();
        BestOfRounds.Round round = rounds.run(state, settings.stepsPerRound());
        long end = System.nanoTime();
        state = round.state();
        stepSeconds += (between - begin) * 1e-9;
        roundSeconds += (end - between) * 1e-9;
        count++;
      }
    }

    private void stepsAlone() {
      List<Callable<Void>> parts = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int number = thread;
        parts.add(
            () -> {
              for (int shard = number; shard < shards.size(); shard += threads) {
                new ShardTrainer(settings, 0, shard, shards.get(shard))
                    .run(workspaces.get(number), state, settings.stepsPerRound());
              }
              return null;
            });
      }
      try {
        for (Future<Void> part : pool.invokeAll(parts)) {
          part.get();
        }
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
