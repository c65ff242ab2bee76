package io.gradzoo.jobs.table;

import org.apache.spark.sql.SparkSession;

/** Opens table stores. */
public final class TableStores {
  private TableStores() {}

  /**
   * Iceberg tables.
   *
   * @param warehouse folder of the catalog; made at the first write
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if something else stands there or it must
   *     not be read
   */
  public static TableStore iceberg(SparkSession session, String warehouse) {
    return IcebergTableStore.open(session, warehouse);
  }

  /**
   * Plain folders of Parquet files. What an interrupted write left in them is put right first.
   *
   * @param directory parent of the zoos' folders; made at the first write
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if something else stands there or it must
   *     not be read
   */
  public static TableStore plainParquet(SparkSession session, String directory) {
    return PlainTableStore.open(session, directory);
  }
}
