package io.gradzoo.jobs.training;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainedModel;
import io.gradzoo.jobs.table.StorageConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Job: trains a run again from its own config and compares the bytes. The new run stands in {@code
 * reproduced}, a folder of the runs folder; interrupted, it goes on like any training.
 */
public final class ReproduceRun implements Job<Reproduction> {
  private static final List<String> FILES = List.of(RunDirectory.MODEL, RunDirectory.METRICS);

  private final RunDirectory original;

  /**
   * @param original run directory
   */
  public ReproduceRun(RunDirectory original) {
    this.original = original;
  }

  /**
   * Trains and compares.
   *
   * @throws GradzooException exit code 3 if it is no run, or one that started from a checkpoint, or
   *     its tables are missing
   */
  @Override
  public Reproduction run(JobContext context) {
    TrainedModel model = TrainedModel.load(original, context);
    if (model.startedFrom().isPresent()) {
      throw GradzooException.data(
          Fault.of("runs reproduce")
              .at(original.path())
              .expected("a run that was trained from its beginning")
              .found("one that started from a checkpoint")
              .fix("train --from-checkpoint, with the checkpoint that started-from.json names"));
    }
    StorageConfig storage = context.config().storage();
    StorageConfig aside =
        new StorageConfig(
            storage.warehouse(),
            storage.catalog(),
            Path.of(storage.runs(), "reproduced").toString(),
            storage.reports());
    TrainedRun again =
        new TrainingJob(model.model().name(), Resumption.SAME_OR_NONE)
            .run(
                new JobContext(
                    model.config().withStorage(aside), context.tables(), context.progress()));
    List<String> differing = new ArrayList<>();
    for (String name : FILES) {
      if (!Arrays.equals(original.read(name), again.directory().read(name))) {
        differing.add(name);
      }
    }
    return new Reproduction(
        original,
        again.directory(),
        differing,
        model.identity(original).differences(again.model().identity(again.directory())));
  }
}
