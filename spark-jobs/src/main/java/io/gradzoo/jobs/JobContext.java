package io.gradzoo.jobs;

import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.table.TableStore;
import org.apache.spark.sql.SparkSession;

/**
 * What a job works with.
 *
 * @param config read and checked
 * @param tables where rows come from and go to
 * @param progress where it says how far it is
 */
public record JobContext(GradzooConfig config, TableStore tables, Progress progress) {

  /** The Spark session, with the tables' catalog. */
  public SparkSession session() {
    return tables.session();
  }
}
