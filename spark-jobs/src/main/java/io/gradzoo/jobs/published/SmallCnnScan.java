package io.gradzoo.jobs.published;

import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructType;

/** One reading of a small CNN zoo's files: the columns that are wanted, in ranges of rows. */
final class SmallCnnScan implements ScanBuilder, SupportsPushDownRequiredColumns, Scan, Batch {
  private final String folder;
  private StructType columns = SmallCnnSource.COLUMNS;

  /**
   * @param folder of the files
   */
  SmallCnnScan(String folder) {
    this.folder = folder;
  }

  @Override
  public void pruneColumns(StructType required) {
    columns = required;
  }

  @Override
  public Scan build() {
    return this;
  }

  @Override
  public StructType readSchema() {
    return columns;
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    ZooFolder source = new ZooFolder(folder);
    FileVersion version = source.weightsVersion();
    ZooContents contents = ZooContents.read(source, Optional.empty());
    int[] order = contents.layout().order();
    return contents.ranges(0).stream()
        .map(runs -> new Range(folder, version, order, runs))
        .toArray(InputPartition[]::new);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new Readers(columns);
  }

  /** A range of rows. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Range(String folder, FileVersion version, int[] order, ImportedRuns runs)
      implements InputPartition {}

  /** Makes a reader for each range. */
  private record Readers(StructType columns) implements PartitionReaderFactory {
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      return new SmallCnnReader((Range) partition, columns);
    }
  }
}
