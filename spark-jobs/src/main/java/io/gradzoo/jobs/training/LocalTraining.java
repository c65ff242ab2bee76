package io.gradzoo.jobs.training;

import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.Objective;
import io.gradzoo.engine.training.SelectedTraining;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.engine.training.Workspace;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.config.PredictionTask;
import io.gradzoo.jobs.config.TrainingConfig;
import java.io.Serializable;
import java.util.List;

/**
 * Trains a model of the config in one thread: where many small trainings run side by side. Of the
 * model's training block, shards and evaluate-every do not apply.
 */
public final class LocalTraining implements Serializable {
  private final MetanetworkSpec metanetwork;
  private final GradientInput gradients;
  private final PredictionTask task;
  private final boolean reweights;
  private final TrainingConfig training;

  /**
   * A model of the config.
   *
   * @param architectures of the networks it is trained on, as texts
   */
  public LocalTraining(GradzooConfig config, ModelConfig model, List<String> architectures) {
    this.metanetwork = MetanetworkSpecs.of(config, model, architectures);
    this.gradients = GradientInput.of(config, model);
    this.task = model.task();
    this.reweights = model.reweightsEstimate();
    this.training = model.training();
  }

  /** A trained model that predicts from raw features. */
  public static final class Trained {
    private final Workspace workspace;
    private final ModelInput input;
    private final int parameters;

    private Trained(Workspace workspace, ModelInput input, int parameters) {
      this.workspace = workspace;
      this.input = input;
      this.parameters = parameters;
    }

    /** Count of its parameters. */
    public int parameters() {
      return parameters;
    }

    /** What it predicts for an example whose features are not standardised. */
    public float[] predict(Example raw) {
      return workspace.predictAll(List.of(input.of(raw)))[0];
    }
  }

  /**
   * Trains.
   *
   * @param train examples whose features are not standardised, at least one
   * @param validation likewise; they select the parameters
   * @param seed of parameters and order
   */
  public Trained run(List<Example> train, List<Example> validation, long seed) {
    TaskStatistics statistics = TaskSums.of(gradients, train).statistics(task);
    ModelInput input = new ModelInput(gradients, statistics, reweights);
    Objective objective = MetanetworkSpecs.objective(task, reweights, statistics.targets());
    TrainingSettings settings =
        new TrainingSettings(
            training.batchSize(),
            TrainingSettings.Rule.ADAMW,
            training.learningRate(),
            training.warmupSteps(),
            training.weightDecay(),
            training.clipNorm(),
            seed);
    SelectedTraining.Result result =
        new SelectedTraining(
                settings,
                training.rounds(),
                training.stepsPerRound(),
                objective,
                statistics.targets())
            .run(
                metanetwork.build(),
                train.stream().map(input::of).toList(),
                validation.stream().map(input::of).toList());
    return new Trained(result.workspace(), input, result.parameters());
  }
}
