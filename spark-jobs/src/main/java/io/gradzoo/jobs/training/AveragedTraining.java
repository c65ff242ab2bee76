package io.gradzoo.jobs.training;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.jobs.Failures;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.TrainingConfig;
import io.gradzoo.jobs.prediction.Agreement;
import io.gradzoo.jobs.prediction.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Trains a metanetwork in rounds of parameter averaging and keeps the parameters that rank the
 * validation split best, by Kendall's τ or squared error; of equals the later.
 */
final class AveragedTraining {
  private final String what;
  private final JavaSparkContext spark;
  private final Predictor predictor;
  private final Selection selection;
  private final ExampleSets examples;
  private final TrainingConfig config;
  private final long seed;

  /** What the best parameters are best in. */
  enum Selection {
    /** The ranks of the members. */
    KENDALL_TAU,
    /** The squared error. */
    SQUARED_ERROR;

    double score(Agreement validation) {
      return this == KENDALL_TAU ? validation.tau() : -validation.meanSquaredError();
    }
  }

  /**
   * @param what is trained, for messages
   */
  AveragedTraining(
      String what,
      JavaSparkContext spark,
      Predictor predictor,
      Selection selection,
      ExampleSets examples,
      TrainingConfig config,
      long seed) {
    this.what = what;
    this.spark = spark;
    this.predictor = predictor;
    this.selection = selection;
    this.examples = examples;
    this.config = config;
    this.seed = seed;
  }

  /**
   * What training comes to.
   *
   * @param parameters the selected ones
   * @param round after which they were selected
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  record Result(float[] parameters, int round, List<RoundMetrics> metrics) {}

  /**
   * Trains.
   *
   * @throws GradzooException exit code 2 if numbers cease to be finite
   */
  Result run(Consumer<RoundMetrics> listener) {
    TrainingSettings settings =
        new TrainingSettings(
            config.batchSize(),
            TrainingSettings.Rule.ADAMW,
            config.learningRate(),
            config.warmupSteps(),
            config.weightDecay(),
            config.clipNorm(),
            seed);
    AveragingRounds rounds =
        new AveragingRounds(spark, predictor, settings, examples.of(Split.TRAIN));
    float[] initial = predictor.metanetwork().build().layout().initialize(seed);
    TrainingState state = TrainingState.initial(initial, settings);
    List<RoundMetrics> metrics = new ArrayList<>();
    float[] best = initial;
    int bestRound = 0;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int round = 1; round <= config.rounds(); round++) {
      AveragingRounds.Round result = round(rounds, state);
      state = result.state();
      boolean evaluated = round % config.evaluateEvery() == 0 || round == config.rounds();
      Agreement validation = evaluated ? validate(state.parameterValues()) : null;
      RoundMetrics finished = new RoundMetrics(round, state.steps(), result.loss(), validation);
      metrics.add(finished);
      if (evaluated && selection.score(validation) >= bestScore) {
        best = state.parameterValues();
        bestRound = round;
        bestScore = selection.score(validation);
      }
      listener.accept(finished);
    }
    return new Result(best, bestRound, metrics);
  }

  private AveragingRounds.Round round(AveragingRounds rounds, TrainingState state) {
    try {
      return rounds.run(state, config.stepsPerRound());
    } catch (Exception e) { // Spark throws checked exceptions that Scala does not declare
      Optional<ArithmeticException> divergence = Failures.cause(e, ArithmeticException.class);
      if (divergence.isPresent()) {
        throw diverged(divergence.get().getMessage());
      }
      throw e;
    }
  }

  private Agreement validate(float[] parameters) {
    Agreement agreement =
        Prediction.agreement(
            Predictions.of(spark, predictor, parameters, examples.of(Split.VALIDATION)));
    if (!Double.isFinite(agreement.meanSquaredError())) {
      throw diverged("training diverged: predictions of the validation split are not finite");
    }
    return agreement;
  }

  private GradzooException diverged(String how) {
    return GradzooException.usage(
        "%s: %s (fix: a learning rate below %s, or less weight decay)"
            .formatted(what, how, config.learningRate()));
  }
}
