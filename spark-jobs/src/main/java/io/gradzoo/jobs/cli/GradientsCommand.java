package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.gradients.GradientComputation;
import picocli.CommandLine.Command;

/** {@code gradzoo gradients …}. */
@Command(
    name = "gradients",
    description = "Gradient sets of a zoo's members.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = GradientsCommand.Compute.class)
final class GradientsCommand extends CommandGroup {

  /** {@code gradzoo gradients compute}. */
  @Command(
      name = "compute",
      description =
          "Takes the gradient set of every healthy member and publishes factors and moments.")
  static final class Compute extends SparkCommand {
    @Override
    Job job() {
      return new GradientComputation();
    }
  }
}
