package io.gradzoo.jobs.rounds;

import io.gradzoo.datasets.split.ShardAssignment;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.LocalRounds;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.engine.training.Workspace;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.example.ExampleSets;
import io.gradzoo.jobs.example.ModelInput;
import io.gradzoo.jobs.example.TaskStatistics;
import io.gradzoo.jobs.example.TaskSums;
import io.gradzoo.jobs.inference.Predictions;
import io.gradzoo.jobs.inference.Predictor;
import io.gradzoo.jobs.model.GradientInput;
import io.gradzoo.jobs.prediction.Validation;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.OutputUnit;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains a model of the config in one thread: where many small trainings run side by side. The same
 * examples and seed give the same bits as {@link AveragedTraining} on Spark.
 */
public final class LocalTraining implements Serializable {
  private final String name;
  private final MetanetworkSpec metanetwork;
  private final GradientInput gradients;
  private final MetanetworkTask task;
  private final boolean reweights;
  private final OutputUnit unit;
  private final TrainingSettings settings;

  /**
   * A model of the config that reads gradient sets.
   *
   * @param architectures of the networks it is trained on
   */
  public LocalTraining(ModelConfig model, List<Architecture> architectures) {
    this.name = model.name();
    this.metanetwork = model.spec(architectures);
    this.gradients = model.gradients().orElseThrow();
    this.task = model.task();
    this.reweights = model.reweightsEstimate();
    this.unit = model.outputUnit();
    this.settings = model.training();
  }

  /** A trained model that predicts from raw features. */
  public static final class Trained {
    private final Workspace workspace;
    private final ModelInput input;
    private final float[] parameters;

    private Trained(Workspace workspace, ModelInput input, float[] parameters) {
      this.workspace = workspace;
      this.input = input;
      this.parameters = parameters;
      workspace.load(parameters);
    }

    /** The parameters, flat, in its layout's order. */
    public float[] parameters() {
      return parameters.clone();
    }

    /** What it predicts for an example whose features are not standardised. */
    public float[] predict(Example raw) {
      return workspace.predictAll(List.of(input.prepare(raw)))[0];
    }
  }

  /**
   * Trains.
   *
   * @param train examples whose features are not standardised, at least one, in the order of their
   *     ids
   * @param validation likewise, at least two; they select the parameters
   * @param seed of shards, parameters, order and dropout
   * @throws GradzooException exit code 2 if numbers cease to be finite
   */
  public Trained run(List<Example> train, List<Example> validation, long seed) {
    List<List<Example>> shards = shards(train, seed);
    TaskStatistics statistics =
        TaskSums.total(
                shards.stream()
                    .filter(shard -> !shard.isEmpty())
                    .map(shard -> TaskSums.of(gradients, shard))
                    .toList())
            .statistics(task);
    ModelInput input = new ModelInput(gradients, statistics, reweights);
    Metanetwork built = metanetwork.build();
    Workspace workspace = Predictor.of(task, unit, metanetwork, statistics.targets()).workspace();
    int largest = shards.stream().mapToInt(List::size).max().orElseThrow();
    TrainingSettings sized = settings.forLargestShard(largest);
    LocalRounds rounds =
        new LocalRounds(workspace, sized, seed, shards.stream().map(input::prepare).toList());
    List<List<Example>> judges = shards(validation, seed).stream().map(input::prepare).toList();
    BestOfRounds.Best best =
        Divergence.explained(
            "train %s on %d networks with seed %d".formatted(name, train.size(), seed),
            sized,
            () ->
                new BestOfRounds<>(
                        sized,
                        rounds,
                        parameters -> validation(workspace, parameters, judges),
                        task::score)
                    .run(built.layout().initialize(seed), round -> {}));
    return new Trained(workspace, input, best.parameters());
  }

  /** As {@link ExampleSets} cuts them. */
  private List<List<Example>> shards(List<Example> examples, long seed) {
    return new ShardAssignment(seed, settings.shards()).divide(examples, Example::id);
  }

  private static Validation validation(
      Workspace workspace, float[] parameters, List<List<Example>> shards) {
    List<Validation.ScoredPrediction> judged = new ArrayList<>();
    for (List<Example> shard : shards) {
      judged.addAll(Predictions.evaluate(workspace, parameters, shard));
    }
    return Validation.of(judged);
  }
}
