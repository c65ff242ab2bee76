package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.curvature.CurvatureStudy;
import io.gradzoo.jobs.curvature.StudyRows;
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
  ConfigUse use() {
    return ConfigUse.study();
  }

  @Override
  Job<?> job() {
    return only.isEmpty() ? new CurvatureStudy() : new StudyRows(only);
  }
}
