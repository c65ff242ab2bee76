package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.StepResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gradzoo runs …}. */
@Command(
    name = "runs",
    description = "Trained runs, as the records that they are.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunsCommand.AllRuns.class,
      RunsCommand.OneRun.class,
      RunsCommand.TwoRuns.class,
      RunsCommand.SameRun.class
    })
final class RunsCommand extends CommandGroup {

  /** {@code gradzoo runs list}. */
  @Command(name = "list", description = "Lists the runs in the runs folder, and how they went.")
  static final class AllRuns extends SparkCommand {

    @Override
    StepResult<?> step(Gradzoo gradzoo) {
      return gradzoo.runs();
    }
  }

  /** {@code gradzoo runs show}. */
  @Command(
      name = "show",
      description = "Shows what a run is and where it comes from, and checks its files.")
  static final class OneRun extends SparkCommand {
    @Mixin private RunOption run;

    @Override
    StepResult<?> step(Gradzoo gradzoo) {
      return run.in(gradzoo).show();
    }
  }

  /** {@code gradzoo runs compare}. */
  @Command(name = "compare", description = "Shows in what two runs differ, and how both went.")
  static final class TwoRuns extends SparkCommand {
    @Mixin private RunOption run;

    @Option(
        names = "--with",
        required = true,
        paramLabel = "DIR",
        description = "The other run directory.")
    private String other;

    @Override
    StepResult<?> step(Gradzoo gradzoo) {
      return run.in(gradzoo).compareWith(other);
    }
  }

  /** {@code gradzoo runs reproduce}. */
  @Command(
      name = "reproduce",
      description = {
        "Trains a run again from its own config, into the folder reproduced of the runs folder, and"
            + " compares the bytes.",
        "Exits with 3 if they differ."
      })
  static final class SameRun extends SparkCommand {
    @Mixin private RunOption run;

    @Override
    boolean goesOn() {
      return true;
    }

    @Override
    StepResult<?> step(Gradzoo gradzoo) {
      return run.in(gradzoo).reproduce();
    }
  }
}
