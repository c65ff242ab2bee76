package io.gradzoo.jobs.storage;

import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.table.TableStores;

/** Job: takes the tables that an older Gradzoo kept in the warehouse into the config's catalog. */
public final class MigrationJob implements Job<Migration> {

  /**
   * Migrates the tables that are left to migrate.
   *
   * @throws GradzooException exit code 2 if the catalog's settings are wrong, 3 if a table cannot
   *     be taken
   */
  @Override
  public Migration run(JobContext context) {
    return new Migration(TableStores.migrate(context.session(), context.config().storage()));
  }
}
