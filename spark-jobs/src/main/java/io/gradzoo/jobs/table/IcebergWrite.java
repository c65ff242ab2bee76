package io.gradzoo.jobs.table;

import io.gradzoo.jobs.session.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.spark.SparkTableCache;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The replacement of an Iceberg table in one commit, which goes through only if the table is still
 * the one that was seen before.
 *
 * @param catalog where the table is
 * @param id of the table
 * @param seen the table as it was; empty if there was none
 */
record IcebergWrite(Catalog catalog, TableIdentifier id, Optional<Table> seen) {

  /**
   * Writes the rows and publishes them.
   *
   * @param properties of the table from now on
   * @param summary what the new version remembers
   * @return the new version
   * @throws ConcurrentWriteException if the table is another by now
   */
  long publish(Dataset<Row> rows, Map<String, String> properties, Map<String, String> summary) {
    Transaction transaction = transaction(SparkSchemaUtil.convert(rows.schema()), properties);
    write(transaction.table(), rows, summary);
    Snapshot written = transaction.table().currentSnapshot();
    List<String> files = new ArrayList<>();
    written.addedDataFiles(transaction.table().io()).forEach(file -> files.add(file.location()));
    try {
      commit(transaction);
    } catch (ConcurrentWriteException | CommitFailedException e) {
      files.forEach(file -> deleteQuietly(transaction.table(), file));
      throw e; // after any other failure the files may be the table's
    }
    return written.snapshotId();
  }

  private void commit(Transaction transaction) {
    try {
      transaction.commitTransaction();
    } catch (AlreadyExistsException | CommitFailedException e) {
      throw seen.isEmpty() && catalog.tableExists(id) ? new ConcurrentWriteException(e) : e;
    }
  }

  private Transaction transaction(Schema schema, Map<String, String> properties) {
    if (seen.isEmpty()) {
      try {
        return catalog.buildTable(id, schema).withProperties(properties).createTransaction();
      } catch (AlreadyExistsException e) {
        throw new ConcurrentWriteException(e);
      }
    }
    BaseTable table = (BaseTable) seen.get();
    TableMetadata before = table.operations().current();
    TableMetadata replacement =
        before.buildReplacement(
            schema,
            PartitionSpec.unpartitioned(),
            SortOrder.unsorted(),
            before.location(),
            properties);
    return Transactions.replaceTableTransaction(
        table.name(), new PinnedOperations(table.operations(), before), replacement);
  }

  /** Spark finds the uncommitted table in Iceberg's cache, under a name that nobody else has. */
  private static void write(Table table, Dataset<Row> rows, Map<String, String> summary) {
    String key = UUID.randomUUID().toString();
    SparkTableCache.get().add(key, table);
    try {
      DataFrameWriter<Row> writer = rows.write().format("iceberg").mode("append");
      summary.forEach((name, value) -> writer.option("snapshot-property." + name, value));
      Sessions.whileActive(
          rows.sparkSession(),
          () -> {
            writer.save(key);
            return key;
          });
    } finally {
      SparkTableCache.get().remove(key);
    }
  }

  private static void deleteQuietly(Table table, String file) {
    try {
      table.io().deleteFile(file);
    } catch (RuntimeException e) {
      // What cannot be deleted now is an orphan, which gradzoo storage tidy finds.
    }
  }
}
