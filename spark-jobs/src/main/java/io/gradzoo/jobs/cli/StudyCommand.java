package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.StepResult;
import picocli.CommandLine.Command;

/** {@code gradzoo study}. */
@Command(
    name = "study",
    description = "Compares estimates of Fisher diagonals over models, seeds and training sizes.")
final class StudyCommand extends ZooReader {

  @Override
  StepResult<?> step(Gradzoo gradzoo) {
    return gradzoo.zoo().study();
  }
}
