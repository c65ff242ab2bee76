package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.StepResult;
import io.gradzoo.jobs.storage.TidyJob;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gradzoo storage …}. */
@Command(
    name = "storage",
    description = "The warehouse, its catalog, and what dead commands left there.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {StorageCommand.Migrate.class, StorageCommand.Tidy.class})
final class StorageCommand extends CommandGroup {

  /** {@code gradzoo storage migrate}. */
  @Command(
      name = "migrate",
      description =
          "Takes the tables that an older Gradzoo kept in the warehouse into the catalog, with all"
              + " their versions.")
  static final class Migrate extends SparkCommand {

    @Override
    StepResult<?> step(Gradzoo gradzoo) {
      GradzooCommand.of(spec).requireNoTables(spec);
      return gradzoo.migrate();
    }
  }

  /** {@code gradzoo storage tidy}. */
  @Command(
      name = "tidy",
      description =
          "Shows what dead commands left in the warehouse, and versions of tables that were"
              + " replaced; removes it with --apply.")
  static final class Tidy extends SparkCommand {
    @Option(
        names = "--older-than",
        paramLabel = "DAYS",
        defaultValue = "7",
        description =
            "Leave alone what was written or replaced within so many days, at least 1"
                + " (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(names = "--apply", description = "Remove it.")
    private boolean apply;

    @Override
    StepResult<?> step(Gradzoo gradzoo) {
      return gradzoo.tidy(
          Duration.ofDays(days), apply ? TidyJob.TidyMode.APPLY : TidyJob.TidyMode.SHOW);
    }
  }
}
