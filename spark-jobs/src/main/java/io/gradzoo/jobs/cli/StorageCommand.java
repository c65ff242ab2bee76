package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.config.StorageConfig;
import io.gradzoo.jobs.storage.MigrationJob;
import io.gradzoo.jobs.table.TableStore;
import io.gradzoo.jobs.table.TableStores;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

/** {@code gradzoo storage …}. */
@Command(
    name = "storage",
    description = "The warehouse and its catalog.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {StorageCommand.Migrate.class})
final class StorageCommand extends CommandGroup {

  /** {@code gradzoo storage migrate}. */
  @Command(
      name = "migrate",
      description =
          "Takes the tables that an older Gradzoo kept in the warehouse into the catalog, with all"
              + " their versions.")
  static final class Migrate extends SparkCommand {
    @Override
    Job job() {
      return new MigrationJob();
    }

    @Override
    TableStore warehouse(SparkSession session, StorageConfig storage) {
      return TableStores.beforeMigration(session, storage);
    }
  }
}
