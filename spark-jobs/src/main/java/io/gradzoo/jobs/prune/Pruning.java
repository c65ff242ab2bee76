package io.gradzoo.jobs.prune;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.editing.ImageSupply;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.pruning.NetworkBehaviour;
import io.gradzoo.engine.pruning.ZooRange;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.editing.PruningComparison;
import io.gradzoo.jobs.example.ExampleSets;
import io.gradzoo.jobs.example.TaskExamples;
import io.gradzoo.jobs.finetune.Operator;
import io.gradzoo.jobs.finetune.OperatorRun;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.run.TrainedOn;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.PublishedFolder;
import io.gradzoo.jobs.zoo.ShownImages;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Job: prunes the best held-out members of the zoo that a model was trained on, in every way, and
 * compares what they come to. The pruned networks are published as a zoo of their own.
 */
public final class Pruning implements Job<PruningComparison> {
  /** For each of so many members one validation member chooses learning rates. */
  private static final int MEMBERS_FOR_ONE_TUNING = 4;

  /** So many training members of an architecture say where the zoo lies. */
  private static final int MOST_OF_ZOO = 4000;

  private final RunDirectory run;
  private final PruningOptions options;

  /**
   * What is pruned, and where it goes.
   *
   * @param predictor run of a model that predicts accuracies, for the rows that need one
   * @param members held-out members to prune
   * @param into name of the zoo that they become; else that of the run's zoo with {@code _pruned}
   */
  public record PruningOptions(
      Optional<RunDirectory> predictor, int members, Optional<String> into) {}

  /**
   * @param run of a trained model that changes networks
   * @throws GradzooException exit code 2 if an option is none
   */
  public Pruning(RunDirectory run, PruningOptions options) {
    this.run = run;
    this.options = options;
    if (options.members < 1) {
      throw GradzooException.usage(
          Fault.of("prune").at("--members").expected("1 or more").found(options.members));
    }
    options
        .into
        .filter(name -> !ZooConfig.named(name))
        .ifPresent(
            name -> {
              throw GradzooException.usage(
                  Fault.of("prune").at("--into").expected(ZooConfig.NAMES).found("\"%s\"", name));
            });
  }

  /**
   * Prunes, publishes, and writes {@link PruningComparison#FILE} into the run directory.
   *
   * @throws GradzooException exit code 2 if the models do something else; 3 if a run or the zoo is
   *     missing, damaged or another than that of the training, or another zoo stands where the
   *     result goes
   */
  @Override
  public PruningComparison run(JobContext context) {
    Optional<String> version = run.version();
    OperatorRun operator = OperatorRun.load(run, context);
    Optional<PredictorSource> predictor =
        options.predictor.map(
            directory -> PredictorSource.of(TrainedModel.load(directory, context), operator));
    PrunedZoo zoo =
        PrunedZoo.begin(
            context, operator, predictor, options.into.orElse(operator.zoo() + "_pruned"));
    TaskExamples task = trainedOn(context, operator.model());
    PublishedFolder.Replacement replacement = run.prepare().requireVersion(version);
    return JobDescription.during(
        context.session(),
        "prune " + operator.zoo(),
        () -> {
          List<PrunedNetwork> pruned = prune(context, operator, predictor, task);
          zoo.publish(pruned);
          PruningComparison comparison =
              PrunedNetworks.compared(
                  pruned,
                  operator.model().model().name(),
                  predictor.map(PredictorSource::name).orElse(null),
                  zoo.name());
          replacement.add(PruningComparison.FILE, comparison.bytes());
          return comparison;
        });
  }

  private TaskExamples trainedOn(JobContext context, TrainedModel model) {
    TaskExamples task = new TaskExamples(context.tables(), model.config(), model.model());
    TrainedOn.of(run, model, task).require("prune", "the zoo that it was trained on");
    return task;
  }

  private List<PrunedNetwork> prune(
      JobContext context,
      OperatorRun operator,
      Optional<PredictorSource> predictor,
      TaskExamples task) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.session().sparkContext());
    ImageSupply images = ShownImages.ofTest(context, operator.model().config());
    try (ExampleSets sets =
        task.inputs(operator.model().statistics(), EnumSet.allOf(Split.class))) {
      NetworkPruning work =
          new NetworkPruning(
              Operator.of(spark, operator.model(), images),
              predictor.orElse(null),
              ranges(sets.collect(Split.TRAIN), predictor, images));
      int choosing = Math.max(1, options.members / MEMBERS_FOR_ONE_TUNING);
      return new PrunedNetworks(spark, work)
          .all(
              best(sets.collect(Split.VALIDATION), choosing),
              best(sets.collect(Split.TEST), options.members));
    }
  }

  private static Map<String, ZooRange> ranges(
      List<Example> members, Optional<PredictorSource> predictor, ImageSupply images) {
    Map<String, List<Example>> byArchitecture =
        members.stream().collect(Collectors.groupingBy(member -> member.architecture().id()));
    Map<String, ZooRange> ranges = new HashMap<>();
    byArchitecture.forEach(
        (id, same) -> {
          LayeredArchitecture architecture = LayeredArchitecture.from(same.get(0).architecture());
          NetworkBehaviour behaviour =
              new NetworkBehaviour(
                  architecture,
                  images.training(),
                  predictor.map(source -> source.open(architecture)));
          ranges.put(
              id,
              ZooRange.of(
                  same.stream()
                      .limit(MOST_OF_ZOO)
                      .map(member -> behaviour.of(member.input().weights()))
                      .toList()));
        });
    return ranges;
  }

  /** The members of least test loss. */
  private static List<Example> best(List<Example> members, int wanted) {
    return members.stream()
        .sorted(
            Comparator.comparingDouble((Example member) -> member.target())
                .thenComparing(Example::id))
        .limit(wanted)
        .toList();
  }
}
