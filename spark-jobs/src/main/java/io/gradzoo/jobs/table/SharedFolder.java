package io.gradzoo.jobs.table;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;

/**
 * Whether a table shares its folder with a table of another catalog, whose files are of no version
 * of this one and yet needed. It is recognised by metadata files that this table does not know:
 * those of another table, those that are newer than its own, as another catalog's that it was
 * registered in too, and those that cannot be read, as they may be either.
 */
final class SharedFolder {
  private static final String METADATA = ".metadata.json";

  private SharedFolder() {}

  /** A metadata file that may be another catalog's; empty if the folder is the table's alone. */
  static Optional<Path> foreignMetadata(FileSystem files, Table table) throws IOException {
    TableMetadata own = ((BaseTable) table).operations().current();
    Set<String> known = new HashSet<>();
    known.add(name(own.metadataFileLocation()));
    own.previousFiles().forEach(entry -> known.add(name(entry.file())));
    Path folder = new Path(table.location(), "metadata");
    if (!files.exists(folder)) {
      return Optional.empty();
    }
    FileStatus[] all = files.listStatus(folder, path -> path.getName().contains(METADATA));
    Arrays.sort(all);
    return Arrays.stream(all)
        .map(FileStatus::getPath)
        .filter(path -> !path.getName().startsWith(".") && !known.contains(path.getName()))
        .filter(path -> foreign(table, own, path))
        .findFirst();
  }

  private static boolean foreign(Table table, TableMetadata own, Path path) {
    try {
      TableMetadata other = TableMetadataParser.read(table.io(), path.toString());
      return !own.uuid().equals(other.uuid())
          || other.lastUpdatedMillis() > own.lastUpdatedMillis();
    } catch (RuntimeException e) { // whatever it is, it may be needed
      return true;
    }
  }

  private static String name(String location) {
    return new Path(location).getName();
  }
}
