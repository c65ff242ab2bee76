package io.gradzoo.jobs.table;

import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * A table's operations that never look for a newer version: a commit goes through only if the table
 * is still the one that was loaded. Iceberg's own replacement looks again just before it commits,
 * and so puts itself over whatever came in between.
 *
 * @param table the operations of the table as loaded
 * @param seen its metadata then
 */
record PinnedOperations(TableOperations table, TableMetadata seen) implements TableOperations {

  @Override
  public TableMetadata current() {
    return seen;
  }

  @Override
  public TableMetadata refresh() {
    return seen;
  }

  @Override
  public void commit(TableMetadata base, TableMetadata metadata) {
    try {
      table.commit(base, metadata);
    } catch (CommitFailedException e) {
      String now = String.valueOf(table.refresh().metadataFileLocation());
      throw now.equals(seen.metadataFileLocation()) ? e : new ConcurrentWriteException(e);
    }
  }

  @Override
  public FileIO io() {
    return table.io();
  }

  @Override
  public EncryptionManager encryption() {
    return table.encryption();
  }

  @Override
  public String metadataFileLocation(String fileName) {
    return table.metadataFileLocation(fileName);
  }

  @Override
  public LocationProvider locationProvider() {
    return LocationProviders.locationsFor(seen.location(), seen.properties());
  }

  @Override
  public TableOperations temp(TableMetadata uncommitted) {
    return table.temp(uncommitted);
  }

  @Override
  public long newSnapshotId() {
    return table.newSnapshotId();
  }
}
