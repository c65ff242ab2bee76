package io.gradzoo.jobs.training;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.Checkpoint;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.example.ExampleSets;
import io.gradzoo.jobs.example.TaskExamples;
import io.gradzoo.jobs.example.TrainingExamples;
import io.gradzoo.jobs.gradients.OtherCode;
import io.gradzoo.jobs.inference.Predictor;
import io.gradzoo.jobs.rounds.AveragedTraining;
import io.gradzoo.jobs.run.CheckpointFile;
import io.gradzoo.jobs.run.Checkpoints;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.run.TrainingIdentity;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.PublishedFolder;
import io.gradzoo.jobs.table.TableStore;
import java.nio.charset.StandardCharsets;
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
  private final Resumption resumption;
  private final WarmUp warmUp = new WarmUp();

  /**
   * A training that goes on where it was interrupted, and is refused where another was.
   *
   * @param model name of a model of the config
   */
  public TrainingJob(String model) {
    this(model, Resumption.SAME);
  }

  /**
   * @param model name of a model of the config
   * @param resumption what becomes of what an interrupted training left
   */
  public TrainingJob(String model, Resumption resumption) {
    this.model = model;
    this.resumption = resumption;
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
    try (Checkpoints checkpoints = run.checkpoints("train " + model, context.progress())) {
      TrainedModel trained =
          JobDescription.during(
              context.session(),
              description,
              () -> train(context, chosen, replacement, checkpoints));
      return new TrainedRun(run, trained);
    }
  }

  /**
   * Identity of the code that a model depends on, if it is trained on the tables that stand there.
   */
  public static String codeVersion(TableStore store, GradzooConfig config, ModelConfig model) {
    return new TaskExamples(store, config, model).codeVersion(List.of(TrainingJob.class));
  }

  private TrainedModel train(
      JobContext context,
      ModelConfig model,
      PublishedFolder.Replacement run,
      Checkpoints checkpoints) {
    GradzooConfig config = context.config();
    TableStore store = context.tables();
    String command = "train " + model.name();
    long start = System.nanoTime();
    TaskExamples task = new TaskExamples(store, config, model);
    task.requireFresh();
    OtherCode.noteTables(context, config.zoo().name(), model);
    List<String> tables = task.tableVersions();
    TrainingIdentity identity =
        new TrainingIdentity(
            config.effective().modelSettings(model),
            task.members(),
            codeVersion(store, config, model),
            Optional.empty());
    Optional<CheckpointFile> left =
        Interruption.find(command, checkpoints, identity, resumption, context.progress());
    try (TrainingExamples training = task.training();
        Progress.Task progress =
            context.progress().start(command, "rounds", model.training().rounds())) {
      ExampleSets examples = training.sets();
      requireEnough(task, command, examples);
      requireSameTables(model, tables, task.tableVersions());
      List<String> architectures = examples.architectures(Split.TRAIN);
      MetanetworkSpec spec = model.spec(architectures);
      ParameterLayout layout = spec.build().layout();
      RoundRecorder recorder =
          new RoundRecorder(
              model,
              checkpoints,
              progress,
              left,
              (metrics, reached) -> CheckpointFile.of(identity, tables, metrics, layout, reached));
      AveragedTraining rounds =
          new AveragedTraining(
              command,
              JavaSparkContext.fromSparkContext(store.session().sparkContext()),
              Predictor.of(model.task(), model.outputUnit(), spec, training.statistics().targets()),
              model.task(),
              examples,
              model.training(),
              config.seed());
      warmUp.end();
      BestOfRounds.Best best = best(rounds, left, layout, recorder, checkpoints);
      TrainedModel trained =
          new TrainedModel(
              config,
              model,
              architectures,
              spec,
              best.parameters(),
              training.statistics(),
              Optional.of(identity.members()),
              identity.codeVersion());
      SortedMap<String, byte[]> files = files(trained, recorder);
      files.put(RunDirectory.SPLITS, task.runs().bytes());
      files.put(RunDirectory.BUILD, RunDirectory.origin(tables));
      double seconds = (System.nanoTime() - start) * 1e-9;
      files.put(RunDirectory.SECONDS, bytes(String.format(Locale.ROOT, "%.3f%n", seconds)));
      run.publish(files);
      checkpoints.delete();
      return trained;
    }
  }

  /** A training that diverges leaves no checkpoints: it would diverge again. */
  private static BestOfRounds.Best best(
      AveragedTraining rounds,
      Optional<CheckpointFile> left,
      ParameterLayout layout,
      RoundRecorder recorder,
      Checkpoints checkpoints) {
    Checkpoint initial = rounds.initial();
    int moments = initial.state().momentVectors();
    try {
      return rounds.run(
          left.map(file -> file.reached("the checkpoint", layout, moments)).orElse(initial),
          recorder);
    } catch (GradzooException e) {
      if (e.exitCode() == ExitCode.USAGE) {
        checkpoints.delete();
      }
      throw e;
    }
  }

  private static void requireEnough(TaskExamples task, String command, ExampleSets examples) {
    for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
      if (examples.count(split) < 2) {
        throw task.empty(command, split);
      }
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

  private static SortedMap<String, byte[]> files(TrainedModel trained, RoundRecorder recorder) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put(RunDirectory.MODEL, trained.file());
    files.put(RunDirectory.CONFIG, bytes(trained.config().effective().json()));
    files.put(RunDirectory.METRICS, bytes(recorder.metrics()));
    files.put(RunDirectory.CHECKPOINT, recorder.last().bytes());
    return files;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
