package io.gradzoo.jobs.storage;

import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.table.TableId;
import io.gradzoo.jobs.table.TableStores;
import java.util.SortedMap;

/** Job: takes the tables that an older Gradzoo kept in the warehouse into the config's catalog. */
public final class MigrationJob implements Job {

  /**
   * Migrates what is left to migrate, and prints the tables with the number of their versions.
   *
   * @throws GradzooException exit code 2 if the catalog's settings are wrong, 3 if a table cannot
   *     be taken
   */
  @Override
  public void run(JobContext context) {
    SortedMap<TableId, Integer> migrated =
        TableStores.migrate(context.session(), context.config().storage());
    migrated.forEach(
        (id, versions) -> context.out().printf("%s: %d versions in the catalog%n", id, versions));
    if (migrated.isEmpty()) {
      context.out().println("storage migrate: nothing to migrate");
    }
  }
}
