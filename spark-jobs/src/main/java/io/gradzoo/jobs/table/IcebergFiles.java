package io.gradzoo.jobs.table;

import java.io.IOException;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Iceberg's own files of a table: the lists of its data files, which say nothing of their names.
 */
final class IcebergFiles {
  private IcebergFiles() {}

  /**
   * Reads them all.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3, naming the first that cannot be read
   */
  static void verify(TableId id, Table table) {
    Snapshot snapshot = table.currentSnapshot();
    if (snapshot == null) {
      return;
    }
    String file = snapshot.manifestListLocation();
    try {
      for (ManifestFile manifest : snapshot.allManifests(table.io())) {
        file = manifest.path();
        read(manifest, table);
      }
    } catch (IOException | RuntimeException e) {
      throw TableFailures.unreadable(id, file.replaceFirst("^file:/+", "/"), e);
    }
  }

  private static void read(ManifestFile manifest, Table table) throws IOException {
    if (manifest.content() == ManifestContent.DATA) {
      try (CloseableIterable<?> files = ManifestFiles.read(manifest, table.io(), table.specs())) {
        files.forEach(file -> {});
      }
    }
  }
}
