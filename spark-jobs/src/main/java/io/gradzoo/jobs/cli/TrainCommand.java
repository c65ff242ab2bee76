package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.training.TrainingJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gradzoo train}. */
@Command(
    name = "train",
    description = "Trains a model of the config and publishes its run directory.")
final class TrainCommand extends ZooReader {
  @Parameters(paramLabel = "MODEL", description = "Name of a block below models, such as scalegmn.")
  private String model;

  @Override
  ConfigUse use() {
    return ConfigUse.model(model);
  }

  @Override
  Job<?> job() {
    return new TrainingJob(model);
  }
}
