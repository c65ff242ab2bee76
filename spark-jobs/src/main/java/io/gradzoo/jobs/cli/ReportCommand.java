package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.StepResult;
import picocli.CommandLine.Command;

/** {@code gradzoo report}. */
@Command(
    name = "report",
    description = "Writes an HTML page about the zoo and its evaluated models.")
final class ReportCommand extends ZooReader {

  @Override
  StepResult<?> step(Gradzoo gradzoo) {
    return gradzoo.zoo().report();
  }
}
