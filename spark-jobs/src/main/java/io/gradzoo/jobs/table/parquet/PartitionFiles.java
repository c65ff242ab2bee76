package io.gradzoo.jobs.table.parquet;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.FileWriterFactory;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.io.RollingDataWriter;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Writes the rows of a partition, in a task. Each attempt has files of its own; one that fails
 * deletes them.
 *
 * @param table where to
 * @param operation tells the files of this write from others
 */
record PartitionFiles(Broadcast<Table> table, String operation) implements Serializable {

  /**
   * Writes all rows, in files of the table's target size.
   *
   * @return the files, of which there are none if there are no rows
   */
  List<DataFile> write(Iterator<InternalRow> rows) {
    Table to = table.value();
    TaskContext task = TaskContext.get();
    OutputFileFactory names =
        OutputFileFactory.builderFor(to, task.partitionId(), task.taskAttemptId())
            .format(FileFormat.PARQUET)
            .operationId(operation)
            .build();
    RollingDataWriter<InternalRow> files =
        new RollingDataWriter<>(new Writers(to), names, to.io(), targetBytes(to), to.spec(), null);
    boolean written = false;
    try {
      while (rows.hasNext()) {
        files.write(rows.next());
      }
      files.close();
      if (task.isInterrupted()) {
        throw new TaskKilledException(); // nobody waits for its files any more
      }
      written = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (!written) {
        abandon(to, files);
      }
    }
    return files.result().dataFiles();
  }

  private static long targetBytes(Table table) {
    return PropertyUtil.propertyAsLong(
        table.properties(),
        TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
        TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
  }

  /** The failure that led here is the one to tell; files that stay are orphans. */
  private static void abandon(Table table, RollingDataWriter<InternalRow> files) {
    try {
      files.close();
      DataFileWriter.delete(table, files.result().dataFiles());
    } catch (IOException | RuntimeException e) {
      // Of a file that cannot be closed nothing is known.
    }
  }

  /** Makes the files of a table that has neither partitions nor deletes. */
  private record Writers(Table table) implements FileWriterFactory<InternalRow> {
    @Override
    public DataWriter<InternalRow> newDataWriter(
        EncryptedOutputFile file, PartitionSpec spec, StructLike partition) {
      return new DataWriter<>(
          new ParquetRows(table, file.encryptingOutputFile()),
          FileFormat.PARQUET,
          file.encryptingOutputFile().location(),
          spec,
          partition,
          file.keyMetadata());
    }

    @Override
    public EqualityDeleteWriter<InternalRow> newEqualityDeleteWriter(
        EncryptedOutputFile file, PartitionSpec spec, StructLike partition) {
      throw new UnsupportedOperationException();
    }

    @Override
    public PositionDeleteWriter<InternalRow> newPositionDeleteWriter(
        EncryptedOutputFile file, PartitionSpec spec, StructLike partition) {
      throw new UnsupportedOperationException();
    }
  }
}
