package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.curvature.CurvatureStudy;
import picocli.CommandLine.Command;

/** {@code gradzoo study}. */
@Command(
    name = "study",
    description = "Compares estimates of Fisher diagonals over models, seeds and training sizes.")
final class StudyCommand extends SparkCommand {
  @Override
  Job job() {
    return new CurvatureStudy();
  }
}
