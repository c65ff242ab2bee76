package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.curvature.CurvatureStudy;
import picocli.CommandLine.Command;

/** {@code gradzoo study}. */
@Command(
    name = "study",
    description = "Compares estimates of Fisher diagonals over models, seeds and training sizes.")
final class StudyCommand extends ZooReader {
  @Override
  ConfigUse use() {
    return ConfigUse.study();
  }

  @Override
  Job<?> job() {
    return new CurvatureStudy();
  }
}
