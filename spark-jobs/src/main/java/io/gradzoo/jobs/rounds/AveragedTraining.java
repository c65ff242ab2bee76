package io.gradzoo.jobs.rounds;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.Standing;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.example.ExampleSets;
import io.gradzoo.jobs.inference.Predictions;
import io.gradzoo.jobs.inference.Predictor;
import io.gradzoo.jobs.prediction.Validation;
import io.gradzoo.jobs.task.MetanetworkTask;
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
    this.what = what;
    this.spark = spark;
    this.predictor = predictor;
    this.task = task;
    this.examples = examples;
    this.settings = settings;
    this.seed = seed;
  }

  /** Before the first round. */
  public Standing initial() {
    return Standing.initial(predictor.metanetwork().build().layout().initialize(seed), settings);
  }

  /**
   * Trains.
   *
   * @param start where it stands
   * @throws GradzooException exit code 2 if numbers cease to be finite
   */
  public BestOfRounds.Best run(Standing start, BestOfRounds.Listener<Validation> listener) {
    AveragingRounds rounds =
        new AveragingRounds(spark, predictor, settings, seed, examples.shards(Split.TRAIN));
    return Divergence.explained(
        what,
        settings,
        () ->
            new BestOfRounds<>(settings, rounds, this::validate, task::score).run(start, listener));
  }

  private Validation validate(float[] parameters) {
    return Predictions.validation(spark, predictor, parameters, examples.shards(Split.VALIDATION));
  }
}
