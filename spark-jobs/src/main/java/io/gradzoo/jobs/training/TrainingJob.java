package io.gradzoo.jobs.training;

import io.gradzoo.datasets.split.ContentHash;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.example.TaskExamples;
import io.gradzoo.jobs.run.Checkpoints;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.StartingPoint;
import io.gradzoo.jobs.session.JobDescription;
import io.gradzoo.jobs.table.PublishedFolder;
import io.gradzoo.jobs.table.TableStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Job: trains a model of the config on its task, such as predicting the test accuracy of a zoo's
 * members, and publishes its run directory. Equal configs and tables give equal bytes.
 */
public final class TrainingJob implements Job<TrainedRun> {
  private static final int NAME_DIGITS = 8;

  private final String model;
  private final Resumption resumption;
  private final Optional<String> origin;
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
    this(model, resumption, Optional.empty());
  }

  private TrainingJob(String model, Resumption resumption, Optional<String> origin) {
    this.model = model;
    this.resumption = resumption;
    this.origin = origin;
  }

  /**
   * The same job, which starts from a checkpoint of another training, though settings, members or
   * code differ, and has a run directory of its own.
   *
   * @param checkpoint its file, or the run directory of that training: a path, or an hdfs: URL
   */
  public TrainingJob from(String checkpoint) {
    return new TrainingJob(model, resumption, Optional.of(checkpoint));
  }

  /** Likewise, of a checkpoint on this machine. */
  public TrainingJob from(Path checkpoint) {
    return from(checkpoint.toString());
  }

  /** Has the kernels compiled that the training will run. */
  @Override
  public void prepare(GradzooConfig config) {
    warmUp.start(config, model);
  }

  /**
   * Trains and publishes.
   *
   * @throws GradzooException exit code 2 if the config has no such model, its outputs are not those
   *     that its task needs, its trainer is missing or training diverges, 3 if tables are missing
   *     or hold too few members, another training was interrupted there, or the run directory
   *     cannot be written
   */
  @Override
  public TrainedRun run(JobContext context) {
    ModelConfig chosen = context.config().requireModel(model);
    chosen.design().requireOutput(chosen.name(), chosen.task());
    Optional<RoundsTrainer> trainer = RoundsTrainer.of(chosen.trainer());
    Optional<StartingPoint> start = origin.map(StartingPoint::read);
    RunDirectory run = directory(context.config(), chosen, start);
    PublishedFolder.Replacement replacement = run.prepare();
    String description = "train " + model + " on " + context.config().zoo().name();
    try (Checkpoints checkpoints = run.checkpoints("train " + model, context.progress())) {
      Training.Finished finished =
          JobDescription.during(
              context.session(),
              description,
              () ->
                  new Training(context, chosen, start, checkpoints, trainer)
                      .run(resumption, warmUp, replacement));
      return new TrainedRun(run, finished.model(), finished.costs());
    }
  }

  /** A training that starts from another's checkpoint is named after both. */
  private static RunDirectory directory(
      GradzooConfig config, ModelConfig model, Optional<StartingPoint> start) {
    String name =
        start
            .map(from -> config.effective().modelHash(model) + from.file().sha256())
            .map(both -> ContentHash.of(both.getBytes(StandardCharsets.US_ASCII)))
            .map(hash -> model.name() + "-" + hash.substring(0, NAME_DIGITS))
            .orElse(model.name());
    return RunDirectory.of(config.storage().runs(), config.zoo().name(), name);
  }

  /** Identity of the code that a model depends on, if it is trained on the current tables. */
  public static String codeVersion(TableStore store, GradzooConfig config, ModelConfig model) {
    return new TaskExamples(store, config, model).codeVersion(List.of(TrainingJob.class));
  }
}
