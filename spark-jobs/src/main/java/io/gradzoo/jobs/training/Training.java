package io.gradzoo.jobs.training;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.Standing;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.device.Placement;
import io.gradzoo.jobs.example.ExampleSets;
import io.gradzoo.jobs.example.SplitRuns;
import io.gradzoo.jobs.example.TaskExamples;
import io.gradzoo.jobs.example.TaskStatistics;
import io.gradzoo.jobs.example.TrainingExamples;
import io.gradzoo.jobs.gradients.OtherCode;
import io.gradzoo.jobs.inference.Predictor;
import io.gradzoo.jobs.rounds.AveragedTraining;
import io.gradzoo.jobs.rounds.RoundCosts;
import io.gradzoo.jobs.run.CheckpointFile;
import io.gradzoo.jobs.run.Checkpoints;
import io.gradzoo.jobs.run.Environment;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.StartingPoint;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.run.TrainingIdentity;
import io.gradzoo.jobs.table.PublishedFolder;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.tracking.Tracking;
import io.gradzoo.jobs.zoo.ShownImages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/** One training, from where it stands to the run directory that it publishes. */
final class Training {
  private final JobContext context;
  private final ModelConfig model;
  private final String command;
  private final Optional<StartingPoint> start;
  private final Checkpoints checkpoints;
  private final TaskExamples task;
  private final List<String> tables;
  private final TrainingIdentity identity;
  private final Optional<RoundsTrainer> trainer;

  /**
   * Finds out what it depends on.
   *
   * @param start checkpoint of another training that it starts from, if any
   * @param checkpoints its own
   * @param trainer what makes the rounds in place of this program
   * @throws GradzooException exit code 3 if tables are missing or do not belong together
   */
  Training(
      JobContext context,
      ModelConfig model,
      Optional<StartingPoint> start,
      Checkpoints checkpoints,
      Optional<RoundsTrainer> trainer) {
    this.context = context;
    this.model = model;
    this.command = "train " + model.name();
    this.start = start;
    this.checkpoints = checkpoints;
    this.task = new TaskExamples(context.tables(), context.config(), model);
    task.requireFresh();
    OtherCode.noteTables(context, context.config().zoo().name(), model);
    this.tables = task.tableVersions();
    this.identity =
        new TrainingIdentity(
            context.config().effective().modelSettings(model),
            task.members(),
            TrainingJob.codeVersion(context.tables(), context.config(), model),
            start.map(from -> from.file().sha256()));
    this.trainer = trainer;
  }

  /**
   * A model that was published, and what its rounds cost.
   *
   * @param costs of the rounds that were made now
   */
  record Finished(TrainedModel model, RoundCosts costs) {}

  /**
   * Trains and publishes.
   *
   * @param resumption what becomes of what an interrupted training left
   * @param warmUp ended when rounds begin
   * @param run that is published
   * @throws GradzooException as {@link TrainingJob#run}
   */
  Finished run(Resumption resumption, WarmUp warmUp, PublishedFolder.Replacement run) {
    long began = System.nanoTime();
    Optional<CheckpointFile> left =
        Interruption.find(command, checkpoints, identity, resumption, context.progress());
    try (Tracking tracking = tracking();
        TrainingExamples training = task.training()) {
      ExampleSets examples = training.sets();
      requireEnough(examples);
      requireSameTables(task.tableVersions());
      TrainingSettings settings = settings(examples);
      List<Architecture> architectures = examples.architectures(Split.TRAIN);
      MetanetworkSpec spec = model.spec(architectures);
      ParameterLayout layout = spec.build().layout();
      MetanetworkTask learned = ShownImages.inTraining(context, context.config(), model.task());
      if (context.session().sparkContext().isLocal()) {
        noteStandIn();
      }
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(context.session().sparkContext());
      TrainedModel untrained =
          model(architectures, spec, new float[layout.size()], training.statistics());
      AveragedTraining averaged =
          new AveragedTraining(
                  command,
                  spark,
                  Predictor.of(learned, model.outputUnit(), spec, training.statistics().targets())
                      .on(context.config().device()),
                  learned,
                  examples,
                  settings,
                  context.config().seed())
              .placed(
                  Placement.of(
                      command,
                      context.session().sparkContext(),
                      context.config().device(),
                      context.progress()::note));
      Optional<RoundsTrainer.TrainerRounds> others =
          trainer.map(
              other -> other.begin(spark, untrained, settings, examples.shards(Split.TRAIN)));
      AveragedTraining rounds = others.map(averaged::with).orElse(averaged);
      Standing from = from(rounds.initial(), left, layout, settings);
      RoundRecorder recorder =
          new RoundRecorder(
              settings,
              model.checkpointEvery(),
              checkpoints,
              left,
              (metrics, reached) -> CheckpointFile.of(identity, tables, metrics, layout, reached));
      warmUp.end();
      tracking.rounds(recorder.rounds());
      AveragedTraining.Result result = result(rounds, from, recorder, settings, tracking);
      BestOfRounds.Best best = result.best();
      TrainedModel trained = model(architectures, spec, best.parameters(), training.statistics());
      SortedMap<String, byte[]> files =
          files(trained, recorder, best.round(), (System.nanoTime() - began) * 1e-9);
      others.ifPresent(other -> files.putAll(other.files(trained)));
      run.publish(files);
      checkpoints.delete();
      tracking.finished(recorder.rounds());
      return new Finished(trained, result.costs());
    }
  }

  private Tracking tracking() {
    String name = context.config().zoo().name() + "-" + model.name();
    return Tracking.of(command, context.config(), name, identity, context.progress());
  }

  private TrainedModel model(
      List<Architecture> architectures,
      MetanetworkSpec spec,
      float[] parameters,
      TaskStatistics statistics) {
    return new TrainedModel(
        context.config(),
        model,
        architectures,
        spec,
        parameters,
        statistics,
        Optional.of(identity.members()),
        identity.codeVersion(),
        identity.startedFrom());
  }

  /** Those of the model; epochs are counted in rounds. */
  private TrainingSettings settings(ExampleSets examples) {
    TrainingSettings settings = model.training();
    return settings.epochs() == 0
        ? settings
        : settings.forLargestShard(examples.largestShard(Split.TRAIN));
  }

  /**
   * Where training stands: where it was interrupted, else where another stood, whose best
   * parameters are none of its own, else before the first round.
   */
  private Standing from(
      Standing initial,
      Optional<CheckpointFile> left,
      ParameterLayout layout,
      TrainingSettings settings) {
    if (left.isPresent()) {
      return left.get().reached(command, layout, initial.state());
    }
    if (start.isEmpty()) {
      return initial;
    }
    Standing other = start.get().file().reached(start.get().place(), layout, initial.state());
    if (other.round() >= settings.rounds()) {
      throw GradzooException.usage(
          Fault.of("models." + model.name() + ".training.rounds")
              .expected("more than the %d of %s", other.round(), start.get().place())
              .found(settings.rounds()));
    }
    return new Standing(other.round(), other.state(), Optional.empty());
  }

  /** A training that diverges leaves no checkpoints: it would diverge again. */
  private AveragedTraining.Result result(
      AveragedTraining rounds,
      Standing from,
      RoundRecorder recorder,
      TrainingSettings settings,
      Tracking tracking) {
    try (Progress.Task progress = context.progress().start(command, "rounds", settings.rounds())) {
      progress.doneBefore(from.round());
      return rounds.run(
          from,
          (round, reached) -> {
            recorder.completed(round, reached);
            tracking.rounds(recorder.rounds());
            progress.advance(1, recorder.words(round, reached));
          });
    } catch (GradzooException e) {
      if (e.exitCode() == ExitCode.USAGE) {
        checkpoints.delete();
      }
      throw e;
    }
  }

  /** On this machine alone: executors elsewhere may have GPUs that it has not. */
  private void noteStandIn() {
    context
        .config()
        .device()
        .standIn()
        .ifPresent(
            reason -> context.progress().note("%s: on the CPU: %s".formatted(command, reason)));
  }

  private void requireEnough(ExampleSets examples) {
    for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
      if (examples.count(split) < 2) {
        throw task.empty(command, split);
      }
    }
  }

  /** What was read is of the members that were hashed. */
  private void requireSameTables(List<String> after) {
    if (!tables.equals(after)) {
      throw GradzooException.data(
          Fault.of(command)
              .expected(String.join(", ", tables))
              .found("%s, which another command published meanwhile", String.join(", ", after))
              .fix("run it again"));
    }
  }

  private SortedMap<String, byte[]> files(
      TrainedModel trained, RoundRecorder recorder, int best, double seconds) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put(RunDirectory.MODEL, trained.file());
    files.put(RunDirectory.CONFIG, bytes(context.config().effective().json()));
    files.put(RunDirectory.METRICS, bytes(recorder.metrics()));
    files.put(RunDirectory.CHECKPOINT, recorder.last().bytes());
    SplitRuns runs = task.runs();
    files.put(RunDirectory.SPLITS, runs.bytes());
    files.put(RunDirectory.BUILD, RunDirectory.origin(tables));
    files.put(RunDirectory.ENVIRONMENT, Environment.of(context.session()));
    String card =
        ModelCard.of(
            trained,
            identity.members(),
            recorder.rounds(),
            best,
            KeptPromises.of(context, trained, runs));
    files.put(RunDirectory.CARD, bytes(card));
    files.put(RunDirectory.SECONDS, bytes(String.format(Locale.ROOT, "%.3f%n", seconds)));
    start.ifPresent(from -> files.put(RunDirectory.STARTED_FROM, from.provenance(identity)));
    return files;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
