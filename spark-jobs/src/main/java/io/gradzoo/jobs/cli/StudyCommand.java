package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.StepResult;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gradzoo study}. */
@Command(
    name = "study",
    description = "Compares estimates of Fisher diagonals over models, seeds and training sizes.")
final class StudyCommand extends ZooReader {
  @Option(
      names = "--only",
      paramLabel = "MODEL",
      description =
          "Make the trainings of this model and keep them; may be given again. Without it the"
              + " study makes those that are left, and publishes.")
  private List<String> only = List.of();

  @Override
  boolean goesOn() {
    return true;
  }

  @Override
  StepResult<?> step(Gradzoo gradzoo) {
    return only.isEmpty() ? gradzoo.zoo().study() : gradzoo.zoo().studyRows(only);
  }
}
