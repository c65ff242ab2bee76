package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.StepResult;
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
  StepResult<?> step(Gradzoo gradzoo) {
    return run.in(gradzoo).predict();
  }
}
