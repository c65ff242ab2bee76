package io.gradzoo.jobs.table;

import io.gradzoo.jobs.table.parquet.DataFileWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
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
    Table table = transaction.table();
    List<DataFile> files = DataFileWriter.write(table, rows);
    try {
      AppendFiles append = table.newAppend();
      files.forEach(append::appendFile);
      summary.forEach(append::set);
      append.commit();
      commit(transaction);
    } catch (ConcurrentWriteException | CommitFailedException e) {
      DataFileWriter.delete(table, files);
      throw e; // after any other failure the files may be the table's
    }
    return table.currentSnapshot().snapshotId();
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
}
