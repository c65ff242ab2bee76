package io.gradzoo.jobs.training;

import io.gradzoo.datasets.split.ShardAssignment;
import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.TargetArchitecture;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.engine.network.transformer.TransformerArchitecture;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.ActivationSelection;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.MemberFamily;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.table.TableStore;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import scala.Tuple2;

/**
 * The examples that a model of the config is trained on and judged by, as the model wants to read
 * them.
 */
public final class TaskExamples {
  private final ExampleSource source;
  private final ShardAssignment shards;
  private final ModelConfig model;
  private final GradientInput gradients;

  /** Of the config's own zoo. */
  public TaskExamples(TableStore store, GradzooConfig config, ModelConfig model) {
    this(store, config.zoo().name(), config, model);
  }

  /** Of any zoo, in the splits of the config. */
  public TaskExamples(TableStore store, String zoo, GradzooConfig config, ModelConfig model) {
    this.source = new ExampleSource(store, zoo, config);
    this.shards = new ShardAssignment(config.seed(), model.training().shards());
    this.model = model;
    this.gradients = GradientInput.of(config, model);
  }

  /**
   * Refuses tables that do not belong together.
   *
   * @throws GradzooException exit code 3 if the model reads gradient sets and they are not those of
   *     the zoo's members
   */
  public void requireFresh() {
    if (model.readsGradients()) {
      source.requireFreshGradients();
    }
  }

  /** Flat weights of the model's members. */
  public ExampleSets weights() {
    return ExampleSets.of(source.weights(model.members()).filter(selected()), shards);
  }

  /**
   * What the model reads: flat weights, or gradient sets standardised with the given statistics,
   * followed by the set as it is if it weighs samples.
   */
  public ExampleSets inputs(TaskStatistics statistics) {
    JavaRDD<LabelledExample> examples = raw();
    if (statistics.input() == null) {
      return ExampleSets.of(examples, shards);
    }
    ModelInput input = new ModelInput(gradients, statistics, model.reweightsEstimate());
    return ExampleSets.of(examples.map(labelled -> standardized(input, labelled)), shards);
  }

  /** Neuron features (a, g) that are not standardised, of the members of a model of MLPs. */
  public ExampleSets gradientSets() {
    return ExampleSets.of(
        source.gradients(model.members(), model.task(), gradients.pairs()).filter(selected()),
        shards);
  }

  /**
   * Statistics of the training split's gradient sets, added up shard by shard; none for a model
   * that reads weights.
   *
   * @throws GradzooException exit code 3 if the training split is empty, 2 if its networks differ
   *     in depth
   */
  TaskStatistics statistics() {
    if (!model.readsGradients()) {
      return TaskStatistics.NONE;
    }
    try (ExampleSets sets = ExampleSets.of(raw(), shards)) {
      requireOneDepth(sets.architectures(Split.TRAIN));
      GradientInput input = gradients;
      List<Tuple2<Integer, TaskSums>> parts =
          sets.of(Split.TRAIN)
              .mapValues(examples -> TaskSums.of(input, examples))
              .sortByKey()
              .collect();
      if (parts.isEmpty()) {
        throw empty(Split.TRAIN);
      }
      return TaskSums.total(parts.stream().map(Tuple2::_2).toList()).statistics(model.task());
    }
  }

  /** What to say of a split without examples. */
  public GradzooException empty(Split split) {
    return GradzooException.data(
        "train "
            + model.name()
            + ": expected at least 2 healthy "
            + model.members().id()
            + " members in the "
            + split.name().toLowerCase(java.util.Locale.ROOT)
            + " split, found fewer (fix: a zoo of more runs, or other splits)");
  }

  private void requireOneDepth(List<String> architectures) {
    if (architectures.stream().map(TaskExamples::depth).distinct().count() > 1) {
      throw GradzooException.usage(
          "models.%s: expected members of one %s, found %s (fix: zoo.architectures)"
              .formatted(
                  model.name(),
                  model.members() == MemberFamily.TRANSFORMER ? "number of blocks" : "depth",
                  architectures));
    }
  }

  private static int depth(String architecture) {
    TargetArchitecture parsed = Architectures.parse(architecture);
    return parsed instanceof TransformerArchitecture transformer
        ? transformer.blocks()
        : ((Architecture) parsed).affineLayers().size();
  }

  private JavaRDD<LabelledExample> raw() {
    JavaRDD<LabelledExample> members =
        model.readsGradients()
            ? source.gradients(model.members(), model.task(), gradients)
            : source.weights(model.members());
    return members.filter(selected());
  }

  private Function<LabelledExample, Boolean> selected() {
    ActivationSelection activations = model.activations();
    return labelled ->
        activations == ActivationSelection.ALL
            || activations.includes(
                Architecture.parse(labelled.example().architecture()).activation());
  }

  private static LabelledExample standardized(ModelInput input, LabelledExample labelled) {
    Example example = labelled.example();
    try {
      return new LabelledExample(labelled.split(), input.of(example));
    } catch (IllegalArgumentException e) {
      throw GradzooException.data(
          "member %s: %s (fix: a model trained on such networks)"
              .formatted(example.id(), e.getMessage()),
          e);
    }
  }
}
