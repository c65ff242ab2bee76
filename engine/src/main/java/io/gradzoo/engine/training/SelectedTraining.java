package io.gradzoo.engine.training;

import io.gradzoo.engine.metanet.Metanetwork;
import java.util.List;

/**
 * Trains a metanetwork in one thread and keeps the parameters that predict the validation examples
 * best. The learning rate falls along half a cosine. A pure function of its arguments.
 *
 * @param settings of the steps; the learning rate is the first round's
 * @param rounds after each of which the validation examples are predicted
 * @param stepsPerRound steps in a round
 * @param objective what the outputs are read as
 * @param statistics in whose deviations validation errors are counted
 */
public record SelectedTraining(
    TrainingSettings settings,
    int rounds,
    int stepsPerRound,
    Objective objective,
    TargetStatistics statistics) {

  /**
   * What training comes to.
   *
   * @param workspace with the selected parameters
   * @param parameters their count
   * @param round after which they were selected
   * @param validationError normalised squared error then
   */
  public record Result(Workspace workspace, int parameters, int round, double validationError) {}

  /**
   * Trains from the parameters that the settings' seed draws.
   *
   * @throws ArithmeticException if the loss ceases to be finite
   */
  public Result run(Metanetwork metanetwork, List<Example> train, List<Example> validation) {
    Workspace workspace = new Workspace(metanetwork, objective);
    float[] best = metanetwork.layout().initialize(settings.seed());
    TrainingState state = TrainingState.initial(best, settings);
    int bestRound = 0;
    double bestError = error(workspace, best, validation);
    for (int round = 1; round <= rounds; round++) {
      ShardTrainer trainer = new ShardTrainer(settingsOf(round), 0, train);
      state = trainer.run(workspace, state, stepsPerRound).state();
      double error = error(workspace, state.parameterValues(), validation);
      if (error < bestError) {
        best = state.parameterValues();
        bestRound = round;
        bestError = error;
      }
    }
    workspace.load(best);
    return new Result(workspace, best.length, bestRound, bestError);
  }

  private TrainingSettings settingsOf(int round) {
    double share = 0.5 * (1 + StrictMath.cos(Math.PI * (round - 1) / rounds));
    return settings.withLearningRate(share * settings.learningRate());
  }

  private double error(Workspace workspace, float[] parameters, List<Example> examples) {
    workspace.load(parameters);
    double sum = 0;
    for (Example example : examples) {
      float[] predicted = workspace.predictAll(List.of(example))[0];
      sum += statistics.squaredError(predicted, example.targets());
    }
    return sum / examples.size();
  }
}
