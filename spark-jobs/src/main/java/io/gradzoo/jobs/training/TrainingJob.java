package io.gradzoo.jobs.training;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.example.ExampleSets;
import io.gradzoo.jobs.example.MemberSplits;
import io.gradzoo.jobs.example.TaskExamples;
import io.gradzoo.jobs.example.TaskStatistics;
import io.gradzoo.jobs.example.TrainingExamples;
import io.gradzoo.jobs.gradients.OtherCode;
import io.gradzoo.jobs.inference.Predictor;
import io.gradzoo.jobs.prediction.RoundMetrics;
import io.gradzoo.jobs.prediction.Validation;
import io.gradzoo.jobs.rounds.AveragedTraining;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.PublishedFolder;
import io.gradzoo.jobs.table.TableStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Job: trains a model of the config on its task, such as predicting the test accuracy of a zoo's
 * members, and publishes its run directory. Equal configs and tables give equal bytes.
 */
public final class TrainingJob implements Job<TrainedRun> {
  private final String model;
  private final WarmUp warmUp = new WarmUp();

  /**
   * @param model name of a model of the config
   */
  public TrainingJob(String model) {
    this.model = model;
  }

  /** Has the kernels compiled that the training will run. */
  @Override
  public void prepare(GradzooConfig config) {
    warmUp.start(config, model);
  }

  /**
   * Trains and publishes.
   *
   * @throws GradzooException exit code 2 if the config has no such model it predicts no accuracy or
   *     training diverges, 3 if tables are missing or hold too few members, or the run directory
   *     cannot be written
   */
  @Override
  public TrainedRun run(JobContext context) {
    ModelConfig chosen = context.config().requireModel(model);
    chosen.design().requirePredictor(chosen.name());
    RunDirectory run =
        RunDirectory.of(
            context.config().storage().runs(), context.config().zoo().name(), chosen.name());
    PublishedFolder.Replacement replacement = run.prepare();
    String description = "train " + model + " on " + context.config().zoo().name();
    TrainedModel trained =
        JobDescription.during(
            context.session(), description, () -> train(context, chosen, replacement, warmUp));
    return new TrainedRun(run, trained);
  }

  /**
   * Identity of the code that a model depends on, if it is trained on the tables that stand there.
   */
  public static String codeVersion(TableStore store, GradzooConfig config, ModelConfig model) {
    return new TaskExamples(store, config, model).codeVersion(List.of(TrainingJob.class));
  }

  private static TrainedModel train(
      JobContext context, ModelConfig model, PublishedFolder.Replacement run, WarmUp warmUp) {
    GradzooConfig config = context.config();
    TableStore store = context.tables();
    long start = System.nanoTime();
    TaskExamples task = new TaskExamples(store, config, model);
    task.requireFresh();
    OtherCode.noteTables(context, config.zoo().name(), model);
    MemberSplits members = task.members();
    List<String> tables = task.tableVersions();
    try (TrainingExamples training = task.training();
        Progress.Task progress =
            context
                .progress()
                .start("train " + model.name(), "rounds", model.training().rounds())) {
      ExampleSets examples = training.sets();
      TaskStatistics statistics = training.statistics();
      for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
        if (examples.count(split) < 2) {
          throw task.empty("train " + model.name(), split);
        }
      }
      requireSameTables(model, tables, task.tableVersions());
      List<Architecture> architectures = examples.architectures(Split.TRAIN);
      MetanetworkSpec spec = model.spec(architectures);
      warmUp.end();
      List<BestOfRounds.RoundSummary<Validation>> rounds = new ArrayList<>();
      BestOfRounds.Best best =
          new AveragedTraining(
                  "train " + model.name(),
                  JavaSparkContext.fromSparkContext(store.session().sparkContext()),
                  Predictor.of(model.task(), model.outputUnit(), spec, statistics.targets()),
                  model.task(),
                  examples,
                  model.training(),
                  config.seed())
              .run(
                  round -> {
                    rounds.add(round);
                    progress.advance(1, summary(round));
                  });
      TrainedModel trained =
          new TrainedModel(
              config,
              model,
              architectures,
              spec,
              best.parameters(),
              statistics,
              Optional.of(members),
              codeVersion(store, config, model));
      SortedMap<String, byte[]> files = files(trained, rounds);
      files.put(RunDirectory.SPLITS, task.runs().bytes());
      files.put(RunDirectory.BUILD, RunDirectory.origin(tables));
      double seconds = (System.nanoTime() - start) * 1e-9;
      files.put(RunDirectory.SECONDS, bytes(String.format(Locale.ROOT, "%.3f%n", seconds)));
      run.publish(files);
      return trained;
    }
  }

  /** What was read is of the members that were hashed. */
  private static void requireSameTables(
      ModelConfig model, List<String> before, List<String> after) {
    if (!before.equals(after)) {
      throw GradzooException.data(
          Fault.of("train " + model.name())
              .expected(String.join(", ", before))
              .found("%s, which another command published meanwhile", String.join(", ", after))
              .fix("run it again"));
    }
  }

  private static SortedMap<String, byte[]> files(
      TrainedModel trained, List<BestOfRounds.RoundSummary<Validation>> rounds) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put(RunDirectory.MODEL, trained.file());
    files.put(RunDirectory.CONFIG, bytes(trained.config().effective().json()));
    files.put(
        RunDirectory.METRICS,
        RoundMetrics.file(rounds.stream().map(TrainingJob::metrics).toList()));
    return files;
  }

  /** Loss and, if there is one, validation τ in words. */
  private static String summary(BestOfRounds.RoundSummary<Validation> round) {
    String loss = String.format(Locale.ROOT, "loss %.5f", round.loss());
    return round.validation() == null
        ? loss
        : loss
            + String.format(
                Locale.ROOT, ", validation τ %.3f", round.validation().agreement().tau());
  }

  private static RoundMetrics metrics(BestOfRounds.RoundSummary<Validation> round) {
    Validation validation = round.validation();
    return validation == null
        ? RoundMetrics.unvalidated(round.round(), round.steps(), round.loss())
        : new RoundMetrics(
            round.round(), round.steps(), round.loss(), validation.loss(), validation.agreement());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
