package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.session.CatalogSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Folders of Iceberg tables in a warehouse, told by their metadata files: those of a Hadoop
 * catalog, which older builds kept, and those of a catalog that knows its tables.
 *
 * @param folder the warehouse
 */
record TableFolders(Folder folder) {
  /** What the Hadoop catalog thinks is the newest version. */
  static final String HINT = "version-hint.text";

  /** Metadata of one version of a Hadoop catalog's table. */
  static final Pattern VERSION = Pattern.compile("v(\\d+)\\.metadata\\.json");

  private static final Pattern CATALOGUED = Pattern.compile("\\d+-.*\\.metadata\\.json");

  /**
   * Refuses a warehouse with tables of a Hadoop catalog.
   *
   * @throws GradzooException exit code 3, naming the command that takes them over
   */
  void requireNoneOfHadoop() {
    List<TableId> tables = ofHadoop();
    if (!tables.isEmpty()) {
      throw GradzooException.data(
          Fault.of("warehouse")
              .at(Folder.shown(folder.path()))
              .expected("tables of the catalog in it")
              .found(
                  "%d of a Hadoop catalog, which an older Gradzoo wrote, %s first",
                  tables.size(), tables.get(0))
              .fix("run gradzoo storage migrate, which keeps every version"));
    }
  }

  /**
   * Refuses a warehouse whose catalog is gone while its tables are not.
   *
   * @throws GradzooException exit code 3
   */
  void requireNoneWithoutCatalog() {
    List<TableId> tables =
        tables(names -> names.stream().anyMatch(name -> CATALOGUED.matcher(name).matches()));
    if (!tables.isEmpty()) {
      throw GradzooException.data(
          Fault.of("warehouse")
              .at(Folder.shown(folder.path()))
              .expected("%s beside its tables", CatalogSettings.DATABASE)
              .found("none, but files of %s", tables.get(0))
              .fix("put it back, or choose another warehouse"));
    }
  }

  /** The tables of a Hadoop catalog, by name. */
  List<TableId> ofHadoop() {
    return tables(metadata -> metadata.stream().anyMatch(TableFolders::ofHadoop));
  }

  /** The folders without metadata of any catalog's table, by name. */
  List<TableId> unpublished() {
    return tables(
        metadata ->
            metadata.stream()
                .noneMatch(name -> ofHadoop(name) || CATALOGUED.matcher(name).matches()));
  }

  private static boolean ofHadoop(String name) {
    return name.equals(HINT) || VERSION.matcher(name).matches();
  }

  private List<TableId> tables(Predicate<List<String>> metadata) {
    List<TableId> tables = new ArrayList<>();
    try {
      for (Path zoo : below(folder.path())) {
        for (Path table : below(zoo)) {
          if (metadata.test(names(new Path(table, "metadata")))) {
            tables.add(new TableId(zoo.getName(), table.getName()));
          }
        }
      }
    } catch (IOException e) {
      throw GradzooException.data(
          Fault.of("warehouse")
              .at(Folder.shown(folder.path()))
              .found("cannot be read: " + TableFailures.reason(e)),
          e);
    }
    return tables.stream().sorted().toList();
  }

  private List<String> names(Path parent) throws IOException {
    if (!folder.files().exists(parent)) {
      return List.of();
    }
    return Arrays.stream(folder.files().listStatus(parent))
        .map(file -> file.getPath().getName())
        .toList();
  }

  /** The folders below that have a name of ours. */
  private List<Path> below(Path parent) throws IOException {
    List<Path> folders = new ArrayList<>();
    if (folder.files().exists(parent)) {
      for (FileStatus file : folder.files().listStatus(parent)) {
        if (file.isDirectory() && TableId.valid(file.getPath().getName())) {
          folders.add(file.getPath());
        }
      }
    }
    return folders;
  }
}
