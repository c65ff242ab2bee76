package io.gradzoo.jobs.table;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How large the files of a table are, whatever the number of tasks that made its rows: large enough
 * that a zoo is a few files, small enough that several tasks write and read a large one.
 */
public final class FileSizes {
  /** Bytes of rows in a file, before compression. */
  static final long FILE = 64L << 20;

  /** Bytes of rows in a row group, before compression: what a task reads at least. */
  static final long ROW_GROUP = 16L << 20;

  /**
   * After so many rows a writer looks how large a row group is: a single row may have megabytes.
   */
  private static final String FIRST_CHECK = "1";

  private FileSizes() {}

  /**
   * The rows in as many partitions as they are to be files, or fewer. What computes them should be
   * persisted, or cheap: a partition is one task.
   *
   * @param bytes about what all rows have, before compression
   */
  public static Dataset<Row> compacted(Dataset<Row> rows, long bytes) {
    return rows.coalesce(files(bytes));
  }

  /** Count of files for so many bytes. */
  static int files(long bytes) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, (bytes + FILE - 1) / FILE));
  }

  /** Table properties for Iceberg. */
  static Map<String, String> iceberg() {
    return new TreeMap<>(
        Map.of(
            "write.target-file-size-bytes", Long.toString(FILE),
            "write.parquet.row-group-size-bytes", Long.toString(ROW_GROUP),
            "write.parquet.row-group-check-min-record-count", FIRST_CHECK));
  }

  /** Options of Spark's Parquet writer. */
  static Map<String, String> parquet() {
    return new TreeMap<>(
        Map.of(
            "parquet.block.size",
            Long.toString(ROW_GROUP),
            "parquet.page.size.row.check.min",
            FIRST_CHECK));
  }
}
