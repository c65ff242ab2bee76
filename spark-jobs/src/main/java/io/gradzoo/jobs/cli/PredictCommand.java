package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.evaluation.PredictionJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gradzoo predict}. */
@Command(
    name = "predict",
    description =
        "Predicts what a model learned to predict, of every member of the config's zoo, as a table.")
final class PredictCommand extends ZooReader {
  @Mixin private RunOption run;

  @Override
  ConfigUse use() {
    return ConfigUse.tables();
  }

  @Override
  Job<?> job() {
    return new PredictionJob(run.directory());
  }
}
