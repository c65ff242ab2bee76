package io.gradzoo.jobs.facade;

import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.table.TableSchema;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows of a table of the config's zoo. */
record TableRows(Dataset<Row> rows) implements JobResult {

  /** The job that reads them. */
  static Job<TableRows> of(TableSchema schema) {
    return context -> new TableRows(context.tables().read(context.config().zoo().name(), schema));
  }
}
