package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.hadoop.HadoopTables;

/**
 * The way of a table from Iceberg's Hadoop catalog, whose tables are whatever lies in the
 * warehouse, into one that knows its tables. Data files, and with them every version, stay where
 * they are.
 *
 * <p>The newest metadata file is copied under a name that the Hadoop catalog does not look for; the
 * copy is registered; then what the Hadoop catalog does look for is renamed, the newest last. Who
 * starts again after a death at any of these steps finds what is left to do.
 *
 * @param folder the warehouse
 * @param catalog where the tables go
 */
record HadoopMigration(Folder folder, Catalog catalog) {
  private static final String RETIRED = "hadoop-";

  /**
   * Takes a table over.
   *
   * @return how many versions it has
   * @throws GradzooException exit code 3 if the catalog has another table of that name, or a file
   *     cannot be read or written
   */
  int migrate(TableId id) {
    Path place = new Path(folder.path(), id.zoo() + "/" + id.table());
    try {
      TableMetadata newest = newest(place);
      WarehouseLocation.require(folder, id, newest.location());
      Table registered = registered(id, newest);
      requireSame(id, newest, registered);
      retire(new Path(place, "metadata"));
      List<Object> versions = new ArrayList<>();
      registered.snapshots().forEach(versions::add);
      return versions.size();
    } catch (GradzooException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw GradzooException.data(
          Fault.of("migrate " + id)
              .at(Folder.shown(place))
              .found("%s (nothing is lost)", TableFailures.reason(e))
              .fix("run the same command again"),
          e);
    }
  }

  private TableMetadata newest(Path place) {
    Table table = new HadoopTables(folder.files().getConf()).load(place.toString());
    return ((BaseTable) table).operations().current();
  }

  private Table registered(TableId id, TableMetadata newest) throws IOException {
    TableIdentifier name = TableIdentifier.of(id.zoo(), id.table());
    if (catalog.tableExists(name)) {
      return catalog.loadTable(name);
    }
    FileSystem files = folder.files();
    Path file = new Path(newest.metadataFileLocation());
    Path copy = new Path(file.getParent(), copyOf(file.getName()));
    FileUtil.copy(files, file, files, copy, false, true, files.getConf());
    try {
      IcebergNamespaces.create(catalog, id.zoo());
      return catalog.registerTable(name, copy.toString());
    } catch (AlreadyExistsException e) { // by the same command at the same time
      return catalog.loadTable(name);
    }
  }

  private static String copyOf(String name) {
    Matcher version = TableFolders.VERSION.matcher(name);
    if (!version.matches()) {
      throw new IllegalStateException("no metadata file of a Hadoop catalog: " + name);
    }
    int number = Integer.parseInt(version.group(1));
    return String.format(Locale.ROOT, "%05d-hadoop.metadata.json", number);
  }

  private void requireSame(TableId id, TableMetadata newest, Table registered) {
    long version = newest.currentSnapshot() == null ? -1 : newest.currentSnapshot().snapshotId();
    if (version >= 0 && registered.snapshot(version) == null) {
      throw GradzooException.data(
          Fault.of("migrate " + id)
              .at(Folder.shown(folder.path()))
              .expected("no other table of that name in the catalog")
              .found("one without the version %d of the table in the warehouse", version)
              .fix("move one of the two away"));
    }
  }

  /** Renames the hint, without which the newest file counts, and then the files, oldest first. */
  private void retire(Path metadata) throws IOException {
    rename(new Path(metadata, TableFolders.HINT));
    List<Path> versions = new ArrayList<>();
    for (FileStatus file : folder.files().listStatus(metadata)) {
      if (TableFolders.VERSION.matcher(file.getPath().getName()).matches()) {
        versions.add(file.getPath());
      }
    }
    versions.sort(Comparator.comparingInt(HadoopMigration::version));
    for (Path file : versions) {
      rename(file);
    }
  }

  private static int version(Path file) {
    Matcher version = TableFolders.VERSION.matcher(file.getName());
    return version.matches() ? Integer.parseInt(version.group(1)) : 0;
  }

  private void rename(Path file) throws IOException {
    Path retired = new Path(file.getParent(), RETIRED + file.getName());
    if (folder.files().exists(file) && !folder.files().rename(file, retired)) {
      throw new IOException("cannot rename " + Folder.shown(file));
    }
  }
}
