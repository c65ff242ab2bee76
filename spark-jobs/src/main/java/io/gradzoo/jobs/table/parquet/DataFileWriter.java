package io.gradzoo.jobs.table.parquet;

import java.util.List;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.CollectionAccumulator;

/** Writes rows as data files of an Iceberg table, on the executors. */
public final class DataFileWriter {
  private DataFileWriter() {}

  /**
   * Writes rows, a task for each partition of them. The files are in the table when they are
   * committed.
   *
   * @param table without partitions, which has the columns of the rows, in their order
   * @return the files; if the writing fails, those of tasks that had ended are deleted
   */
  public static List<DataFile> write(Table table, Dataset<Row> rows) {
    SparkContext spark = rows.sparkSession().sparkContext();
    Broadcast<Table> sent =
        JavaSparkContext.fromSparkContext(spark).broadcast(SerializableTableWithSize.copyOf(table));
    CollectionAccumulator<DataFile> written = spark.collectionAccumulator();
    try {
      PartitionFiles files = new PartitionFiles(sent, UUID.randomUUID().toString());
      return rows.queryExecution()
          .toRdd()
          .toJavaRDD()
          .mapPartitions(
              partition -> {
                List<DataFile> made = files.write(partition);
                made.forEach(written::add);
                return made.iterator();
              })
          .collect();
    } catch (Throwable e) {
      delete(table, written.value());
      throw e;
    } finally {
      sent.destroy();
    }
  }

  /** Deletes files that no table has; what cannot be deleted is an orphan. */
  public static void delete(Table table, List<DataFile> files) {
    for (DataFile file : files) {
      try {
        table.io().deleteFile(file.location());
      } catch (RuntimeException e) {
        // gradzoo storage tidy finds it.
      }
    }
  }
}
