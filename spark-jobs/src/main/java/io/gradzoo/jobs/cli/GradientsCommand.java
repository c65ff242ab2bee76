package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.gradients.GradientComputation;
import io.gradzoo.jobs.gradients.GradientVerification;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gradzoo gradients …}. */
@Command(
    name = "gradients",
    description = "Gradient sets of a zoo's members.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {GradientsCommand.Compute.class, GradientsCommand.Verify.class})
final class GradientsCommand extends CommandGroup {

  /** {@code gradzoo gradients compute}. */
  @Command(
      name = "compute",
      description =
          "Takes the gradient set of every healthy member and publishes factors and moments.")
  static final class Compute extends ZooReader {
    @ArgGroup private OtherCodeOptions otherCode = new OtherCodeOptions();

    @Override
    boolean goesOn() {
      return true;
    }

    @Override
    ConfigUse use() {
      return ConfigUse.gradientSets();
    }

    @Override
    Job<?> job() {
      return new GradientComputation(otherCode.rule());
    }
  }

  /** {@code gradzoo gradients verify}. */
  @Command(
      name = "verify",
      description =
          "Takes the gradient sets of some members again and compares them with the tables.")
  static final class Verify extends ZooReader {
    @Option(
        names = "--members",
        paramLabel = "N",
        defaultValue = "8",
        description = "How many members, drawn with the seed (default: ${DEFAULT-VALUE}).")
    private int members;

    @Override
    ConfigUse use() {
      return ConfigUse.tables("seed");
    }

    @Override
    Job<?> job() {
      return new GradientVerification(members);
    }
  }
}
