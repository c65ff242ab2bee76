package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.StepResult;
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
    StepResult<?> step(Gradzoo gradzoo) {
      return gradzoo.zoo().gradients(otherCode.rule());
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
    StepResult<?> step(Gradzoo gradzoo) {
      return gradzoo.zoo().verifyGradients(members);
    }
  }
}
