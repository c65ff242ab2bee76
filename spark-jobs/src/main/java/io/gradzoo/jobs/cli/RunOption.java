package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.RunSteps;
import picocli.CommandLine.Option;

/** The option that names a trained model. */
final class RunOption {
  @Option(
      names = "--run",
      required = true,
      paramLabel = "DIR",
      description = "Run directory that gradzoo train wrote, such as runs/digits-scalegmn.")
  private String directory;

  /** The trained model. */
  RunSteps in(Gradzoo gradzoo) {
    return gradzoo.run(directory);
  }
}
