package io.gradzoo.jobs.rounds;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.Standing;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.device.Placement;
import io.gradzoo.jobs.example.ExampleSets;
import io.gradzoo.jobs.inference.Predictions;
import io.gradzoo.jobs.inference.Predictor;
import io.gradzoo.jobs.prediction.Validation;
import io.gradzoo.jobs.task.MetanetworkTask;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Trains a metanetwork in rounds of parameter averaging on Spark and keeps the parameters that
 * score best on the validation split. {@link LocalTraining} makes the same of the same examples.
 */
public final class AveragedTraining {
  private final String what;
  private final JavaSparkContext spark;
  private final Predictor predictor;
  private final MetanetworkTask task;
  private final ExampleSets examples;
  private final TrainingSettings settings;
  private final long seed;
  private final Placement placement;
  private final Optional<BestOfRounds.Rounds> others;

  /**
   * @param what is trained, for messages
   * @param task whose score chooses the parameters
   * @param seed of parameters, order and dropout
   */
  public AveragedTraining(
      String what,
      JavaSparkContext spark,
      Predictor predictor,
      MetanetworkTask task,
      ExampleSets examples,
      TrainingSettings settings,
      long seed) {
    this(
        what,
        spark,
        predictor,
        task,
        examples,
        settings,
        seed,
        Placement.anywhere(),
        Optional.empty());
  }

  private AveragedTraining(
      String what,
      JavaSparkContext spark,
      Predictor predictor,
      MetanetworkTask task,
      ExampleSets examples,
      TrainingSettings settings,
      long seed,
      Placement placement,
      Optional<BestOfRounds.Rounds> others) {
    this.what = what;
    this.spark = spark;
    this.predictor = predictor;
    this.task = task;
    this.examples = examples;
    this.settings = settings;
    this.seed = seed;
    this.placement = placement;
    this.others = others;
  }

  /** The same with rounds that another trainer makes. */
  public AveragedTraining with(BestOfRounds.Rounds rounds) {
    return new AveragedTraining(
        what, spark, predictor, task, examples, settings, seed, placement, Optional.of(rounds));
  }

  /** The same in tasks that are placed so. */
  public AveragedTraining placed(Placement other) {
    return new AveragedTraining(
        what, spark, predictor, task, examples, settings, seed, other, others);
  }

  /** Before the first round. */
  public Standing initial() {
    return Standing.initial(predictor.metanetwork().build().layout().initialize(seed), settings);
  }

  /**
   * What came of a training.
   *
   * @param costs of the rounds that were made now
   */
  public record Result(BestOfRounds.Best best, RoundCosts costs) {}

  /**
   * Trains.
   *
   * @param start where it stands
   * @throws GradzooException exit code 2 if numbers cease to be finite, or the driver has no room
   *     for the moments of all shards where each keeps its own
   */
  public Result run(Standing start, BestOfRounds.Listener<Validation> listener) {
    requireRoom(start.state(), Runtime.getRuntime().maxMemory());
    BestOfRounds.Rounds rounds =
        others.orElseGet(
            () ->
                new AveragingRounds(spark, predictor, settings, seed, examples.shards(Split.TRAIN))
                    .placed(placement));
    try (RoundClock clock = new RoundClock(spark.sc())) {
      BestOfRounds<Validation> training =
          new BestOfRounds<>(settings, clock.measuring(rounds), this::validate, task::score);
      BestOfRounds.Best best =
          Divergence.explained(what, settings, () -> training.run(start, listener));
      return new Result(best, clock.costs());
    }
  }

  /**
   * Refuses moments of shards that would leave the driver no memory: during a round it holds the
   * old and the new ones, and the bytes that they came in.
   *
   * @param heap bytes that the driver has at most
   */
  void requireRoom(TrainingState state, long heap) {
    long moments = state.ofShards().stream().mapToLong(own -> own.length).sum();
    long parameters = (long) state.ofShards().size() * state.parameters();
    long needed = Float.BYTES * (3 * moments + 2 * parameters);
    if (needed > heap / 2) {
      throw GradzooException.usage(
          Fault.of(what)
              .expected(
                  "moments of %d shards in half of the driver's heap", state.ofShards().size())
              .found("%d MiB for them, a heap of %d MiB", needed >> 20, heap >> 20)
              .fix("fewer shards, optimizer-state = averaged, or a larger GRADZOO_DRIVER_MEMORY"));
    }
  }

  private Validation validate(float[] parameters) {
    return Predictions.validation(
        spark, predictor, parameters, examples.shards(Split.VALIDATION), placement);
  }
}
