package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.StepResult;
import io.gradzoo.jobs.training.Resumption;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gradzoo train}. */
@Command(
    name = "train",
    description = "Trains a model of the config and publishes its run directory.")
final class TrainCommand extends ZooReader {
  @Parameters(paramLabel = "MODEL", description = "Name of a block below models, such as scalegmn.")
  private String model;

  @Option(
      names = "--start-over",
      description =
          "Forget what an interrupted training of the model left; it goes on from there otherwise.")
  private boolean startOver;

  @Option(
      names = "--from-checkpoint",
      paramLabel = "PATH",
      description =
          "Start from the checkpoint of another training, a file or its run directory, though"
              + " settings, members or code differ. The run directory is a new one.")
  private String fromCheckpoint;

  @Override
  boolean goesOn() {
    return true;
  }

  @Override
  StepResult<?> step(Gradzoo gradzoo) {
    return gradzoo
        .zoo()
        .train(
            model,
            startOver ? Resumption.NONE : Resumption.SAME,
            Optional.ofNullable(fromCheckpoint));
  }
}
