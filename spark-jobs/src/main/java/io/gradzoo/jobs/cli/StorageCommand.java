package io.gradzoo.jobs.cli;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.storage.MigrationJob;
import io.gradzoo.jobs.storage.TidyJob;
import io.gradzoo.jobs.table.StorageConfig;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.table.TableStores;
import java.time.Duration;
import org.apache.spark.sql.SparkSession;
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
    /** Refuses a folder of plain tables, which have no catalog. */
    @Override
    ConfigUse use() {
      GradzooCommand.of(spec).requireNoTables(spec);
      return ConfigUse.places();
    }

    @Override
    Job<?> job() {
      return new MigrationJob();
    }

    @Override
    TableStore warehouse(SparkSession session, StorageConfig storage) {
      return TableStores.beforeMigration(session, storage);
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
    ConfigUse use() {
      return ConfigUse.places();
    }

    @Override
    Job<?> job() {
      if (days < 1) {
        throw GradzooException.usage(
            Fault.of("--older-than")
                .expected("at least 1 day")
                .found(days)
                .fix("a longer time: a living command may need what is younger"));
      }
      return new TidyJob(
          Duration.ofDays(days), apply ? TidyJob.TidyMode.APPLY : TidyJob.TidyMode.SHOW);
    }
  }
}
