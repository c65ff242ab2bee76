package io.gradzoo.jobs.table;

import io.gradzoo.jobs.GradzooException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Tables of Iceberg's Hadoop catalog, which older builds kept in the warehouse. */
final class HadoopWarehouse {
  static final String HINT = "version-hint.text";
  static final Pattern VERSION = Pattern.compile("v(\\d+)\\.metadata\\.json");

  private HadoopWarehouse() {}

  /**
   * Refuses a warehouse that has such tables.
   *
   * @throws GradzooException exit code 3, naming the command that takes them over
   */
  static void requireNone(Folder folder) {
    List<TableId> tables = tables(folder);
    if (!tables.isEmpty()) {
      throw GradzooException.data(
          "warehouse: %s: expected tables of the catalog in it, found %d of a Hadoop catalog, which an older Gradzoo wrote, %s first (fix: run gradzoo storage migrate, which keeps every version)"
              .formatted(Folder.shown(folder.path()), tables.size(), tables.get(0)));
    }
  }

  /** The tables, by name. */
  static List<TableId> tables(Folder folder) {
    List<TableId> tables = new ArrayList<>();
    try {
      for (Path zoo : below(folder, folder.path())) {
        for (Path table : below(folder, zoo)) {
          if (isTable(folder, new Path(table, "metadata"))) {
            tables.add(new TableId(zoo.getName(), table.getName()));
          }
        }
      }
    } catch (IOException e) {
      throw GradzooException.data(
          "warehouse: %s: cannot be read: %s"
              .formatted(Folder.shown(folder.path()), TableFailures.reason(e)),
          e);
    }
    return tables.stream().sorted().toList();
  }

  private static boolean isTable(Folder folder, Path metadata) throws IOException {
    if (!folder.files().exists(metadata)) {
      return false;
    }
    for (FileStatus file : folder.files().listStatus(metadata)) {
      String name = file.getPath().getName();
      if (name.equals(HINT) || VERSION.matcher(name).matches()) {
        return true;
      }
    }
    return false;
  }

  /** The folders below that have a name of ours. */
  private static List<Path> below(Folder folder, Path parent) throws IOException {
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
