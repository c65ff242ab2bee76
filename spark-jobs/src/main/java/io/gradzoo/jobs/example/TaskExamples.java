package io.gradzoo.jobs.example;

import io.gradzoo.datasets.split.ShardAssignment;
import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.code.CodeVersion;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.model.GradientInput;
import io.gradzoo.jobs.model.NeuronPairs;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.MembersTable;
import io.gradzoo.jobs.table.TableSchema;
import io.gradzoo.jobs.table.TableStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * The examples that a model of the config is trained and evaluated on, in the form that the model
 * reads.
 */
public final class TaskExamples {
  private final ExampleSource source;
  private final ShardAssignment shards;
  private final ModelConfig model;
  private final SelectedMembers members;
  private final Optional<GradientInput> gradients;

  /** Of the config's own zoo. */
  public TaskExamples(TableStore store, GradzooConfig config, ModelConfig model) {
    this(store, config.zoo().name(), config, model);
  }

  /** Of any zoo, in the splits of the config. */
  public TaskExamples(TableStore store, String zoo, GradzooConfig config, ModelConfig model) {
    this.source = new ExampleSource(store, zoo, config);
    this.shards = new ShardAssignment(config.seed(), model.training().shards());
    this.model = model;
    this.members = SelectedMembers.of(model);
    this.gradients = model.gradients();
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

  /** Which members they are of, by split. */
  public MemberSplits members() {
    return source.members(model);
  }

  /**
   * Identity of the code that a result depends on: of the classes that make it, of the model's
   * kind, task and family of members, and of what it is made from.
   *
   * @param makers the classes that make it
   * @param more code versions of what it is made from, beside those of the tables
   */
  public String codeVersion(List<Class<?>> makers, String... more) {
    List<Class<?>> roots = new ArrayList<>(makers);
    roots.add(model.kind().getClass());
    roots.add(model.task().getClass());
    roots.add(model.members().getClass());
    List<String> inputs = new ArrayList<>(codeVersions());
    inputs.addAll(Arrays.asList(more));
    return CodeVersion.of(roots, inputs);
  }

  /** The runs of these members, by split. */
  public SplitRuns runs() {
    return source.runs(model);
  }

  /** Code versions of the tables that are read. */
  public List<String> codeVersions() {
    return source.codeVersions(tables());
  }

  /** The versions of the tables that stand there, one line each: {@code tiny.members: …}. */
  public List<String> tableVersions() {
    return source.versions(tables());
  }

  private List<TableSchema> tables() {
    return model.readsGradients()
        ? List.of(MembersTable.SCHEMA, GradientSetsTable.SCHEMA)
        : List.of(MembersTable.SCHEMA);
  }

  /** Flat weights of the model's members in some splits. */
  public ExampleSets weights(Set<Split> splits) {
    return ExampleSets.of(source.weights(members, model.task(), splits), splits, shards);
  }

  /**
   * The model's inputs for members in some splits: flat weights, or gradient sets standardised with
   * the given statistics, with the raw features beside them if it reweights samples.
   */
  public ExampleSets inputs(TaskStatistics statistics, Set<Split> splits) {
    JavaRDD<LabelledExample> examples = raw(splits);
    if (statistics.input() == null) {
      return ExampleSets.of(examples, splits, shards);
    }
    ModelInput input = modelInput(statistics);
    return ExampleSets.of(
        examples.map(
            labelled ->
                new LabelledExample(labelled.split(), standardized(input, labelled.example()))),
        splits,
        shards);
  }

  /**
   * Neuron features (a, g) that are not standardised, of the members of a model of MLPs in some
   * splits.
   */
  public ExampleSets gradientSets(Set<Split> splits) {
    return ExampleSets.of(
        source.gradients(members, model.task(), new NeuronPairs(model.samples()), splits),
        splits,
        shards);
  }

  /**
   * What the model is trained on and selected by: each example is made once, and the statistics of
   * the training split's gradient sets are added up shard by shard.
   *
   * @throws GradzooException exit code 3 if the training split of a model that reads gradient sets
   *     is empty, 2 if its networks differ in depth
   */
  public TrainingExamples training() {
    Set<Split> splits = EnumSet.of(Split.TRAIN, Split.VALIDATION);
    ExampleSets raw = ExampleSets.of(raw(splits), splits, shards);
    try {
      if (gradients.isEmpty()) {
        return new TrainingExamples(TaskStatistics.NONE, raw);
      }
      TaskStatistics statistics = statistics(raw, gradients.get());
      ModelInput input = modelInput(statistics);
      return new TrainingExamples(
          statistics, raw.replacedBy(example -> standardized(input, example)));
    } catch (RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  private TaskStatistics statistics(ExampleSets raw, GradientInput input) {
    requireOneDepth(raw.architectures(Split.TRAIN));
    List<Tuple2<Integer, TaskSums>> parts =
        raw.shards(Split.TRAIN)
            .mapValues(examples -> TaskSums.of(input, examples))
            .sortByKey()
            .collect();
    if (parts.isEmpty()) {
      throw empty("train " + model.name(), Split.TRAIN);
    }
    return TaskSums.total(parts.stream().map(Tuple2::_2).toList()).statistics(model.task());
  }

  private ModelInput modelInput(TaskStatistics statistics) {
    return new ModelInput(gradients.orElseThrow(), statistics, model.reweightsEstimate());
  }

  /** What to say of a split without examples, for which a command such as {@code train m} fails. */
  public GradzooException empty(String command, Split split) {
    return GradzooException.data(
        Fault.of(command)
            .expected(
                "at least 2 healthy "
                    + model.members().name()
                    + " members in the "
                    + split.name().toLowerCase(Locale.ROOT)
                    + " split")
            .found("fewer")
            .fix("a zoo of more runs, or other splits"));
  }

  private void requireOneDepth(List<Architecture> architectures) {
    if (architectures.stream().map(Architecture::depth).distinct().count() > 1) {
      throw GradzooException.usage(
          Fault.of("models." + model.name())
              .expected("members of one %s", model.members().depthName())
              .found(architectures)
              .fix("zoo.architectures"));
    }
  }

  private JavaRDD<LabelledExample> raw(Set<Split> splits) {
    return gradients
        .map(input -> source.gradients(members, model.task(), input, splits))
        .orElseGet(() -> source.weights(members, model.task(), splits));
  }

  private static Example standardized(ModelInput input, Example example) {
    try {
      return input.prepare(example);
    } catch (IllegalArgumentException e) {
      throw GradzooException.data(
          Fault.of("read examples")
              .at("member " + example.id())
              .because(e)
              .fix("a model trained on such networks"),
          e);
    }
  }
}
