package io.gradzoo.jobs.table;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;

/**
 * What an Iceberg table no longer needs: files of no version, which killed writers left, and
 * versions that were replaced. Iceberg's own actions find and remove both; of the files only those
 * are taken whose names Iceberg gives.
 *
 * @param session with the tables' catalog
 * @param folder of the warehouse
 * @param before what was written, or replaced, later is left alone
 */
record IcebergLitter(SparkSession session, Folder folder, Instant before) {
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final Pattern DATA =
      Pattern.compile("\\d{5,}-\\d+-" + UUID + "(-\\d+)*\\.parquet");
  private static final Pattern METADATA =
      Pattern.compile(
          "snap-\\d+-\\d+-%s\\.avro|%s-m\\d+\\.avro|(optimized-m-)?%s\\.avro|\\d{5,}-%s(\\.gz)?\\.metadata\\.json"
              .replace("%s", UUID));

  /**
   * Looks at all tables and at the folder.
   *
   * @param tables of the catalog
   * @param named versions that others than gradient sets name
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if something cannot be read
   */
  List<Leftover> find(SortedMap<TableId, Table> tables, Set<Long> named) {
    List<Leftover> all = new ArrayList<>(FolderLitter.of(folder.files(), folder.path(), before));
    ReplacedVersions replaced = new ReplacedVersions(session, before, tables, named);
    try {
      for (Map.Entry<TableId, Table> each : tables.entrySet()) {
        TableId id = each.getKey();
        all.addAll(orphans(id, each.getValue()));
        all.addAll(replaced.unused(id));
      }
      all.addAll(unpublished(tables.keySet()));
    } catch (IOException e) {
      throw TableFailures.tidying(Folder.shown(folder.path()), "read", e);
    }
    return all;
  }

  /** Files of no version of a table. */
  private List<Leftover> orphans(TableId id, Table table) throws IOException {
    FileSystem files = files(new Path(table.location()));
    Path place = files.makeQualified(new Path(table.location()));
    Optional<Path> foreign = SharedFolder.foreignMetadata(files, table);
    if (foreign.isPresent()) {
      String kind =
          "files of no version of %s stay: %s is not of its history, so another catalog may have a"
              + " table here (if none has, delete that file)";
      return List.of(
          Leftover.kept(
              kind.formatted(id, "metadata/" + foreign.get().getName()), Folder.shown(place)));
    }
    Iterable<String> all =
        SparkActions.get(session)
            .deleteOrphanFiles(table)
            .olderThan(before.toEpochMilli())
            .deleteWith(file -> {})
            .execute()
            .orphanFileLocations();
    List<Path> orphans = new ArrayList<>();
    for (String location : all) {
      Path file = files.makeQualified(new Path(location));
      if (written(place, file)) {
        orphans.add(file);
      }
    }
    return leftover(place, orphans, "files of no version of " + id);
  }

  /** Files of tables that were never published: their first writers died. */
  private List<Leftover> unpublished(Set<TableId> published) throws IOException {
    List<Leftover> all = new ArrayList<>();
    for (TableId id : new TableFolders(folder).unpublished()) {
      if (published.contains(id)) {
        continue;
      }
      FileSystem files = folder.files();
      Path place = files.makeQualified(new Path(folder.path(), id.zoo() + "/" + id.table()));
      List<Path> orphans = new ArrayList<>();
      for (String part : List.of("data", "metadata")) {
        Path parent = new Path(place, part);
        if (files.exists(parent)) {
          for (FileStatus file : files.listStatus(parent)) {
            if (written(place, file.getPath())
                && Instant.ofEpochMilli(file.getModificationTime()).isBefore(before)) {
              orphans.add(file.getPath());
            }
          }
        }
      }
      all.addAll(leftover(place, orphans, "files of %s, which was never published".formatted(id)));
    }
    return all;
  }

  /** Whether Iceberg writes files of that name to that place. */
  private boolean written(Path table, Path file) throws IOException {
    Path parent = file.getParent();
    boolean named =
        (parent.equals(new Path(table, "data")) && DATA.matcher(file.getName()).matches())
            || (parent.equals(new Path(table, "metadata"))
                && METADATA.matcher(file.getName()).matches());
    FileSystem raw = OwnFolder.raw(files(table));
    return named
        && !OwnFolder.link(raw, table)
        && !OwnFolder.link(raw, parent)
        && !OwnFolder.link(raw, file);
  }

  private List<Leftover> leftover(Path place, List<Path> orphans, String kind) throws IOException {
    if (orphans.isEmpty()) {
      return List.of();
    }
    FileSystem files = files(place);
    long bytes = 0;
    for (Path file : orphans) {
      bytes += files.getFileStatus(file).getLen();
    }
    return List.of(
        new Leftover(
            orphans.size() + " " + kind,
            Folder.shown(place),
            bytes,
            () -> {
              for (Path file : orphans) {
                files.delete(file, false);
              }
            }));
  }

  /** The file system of a place; a catalog may keep a table elsewhere than in the warehouse. */
  private FileSystem files(Path place) throws IOException {
    return place.getFileSystem(folder.files().getConf());
  }
}
