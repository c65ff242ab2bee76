package io.gradzoo.jobs.table;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;

/**
 * Versions of Iceberg tables that were replaced. Needed are, whatever their age, those that
 * somebody named, the newest gradient sets and those of the members that stand there, the members
 * that gradient sets which stay were taken of, and the parts of all these.
 *
 * @param session with the tables' catalog
 * @param before what was replaced later is left alone
 * @param tables of the catalog
 * @param named versions that others than gradient sets name
 */
record ReplacedVersions(
    SparkSession session, Instant before, SortedMap<TableId, Table> tables, Set<Long> named) {

  /** Those of a table that nothing needs, the oldest first. */
  List<Leftover> unused(TableId id) {
    Table table = tables.get(id);
    return replaced(table, needed(id)).stream().map(version -> leftover(id, version)).toList();
  }

  /** All of a table, the oldest first; what a rule keeps stays. */
  List<Leftover> all(TableId id, ExpiryRule rule) {
    Table table = tables.get(id);
    Set<Long> kept = rule == ExpiryRule.KEEP_USED ? needed(id) : read(id);
    List<Leftover> all = new ArrayList<>();
    for (Snapshot version : replaced(table, read(id))) {
      all.add(
          kept.contains(version.snapshotId())
              ? Leftover.kept(
                  title(id, version) + " stays: gradient sets or a run name it", place(table))
              : leftover(id, version));
    }
    return all;
  }

  private Leftover leftover(TableId id, Snapshot version) {
    Table table = tables.get(id);
    long bytes = IcebergVersions.bytes(version);
    return new Leftover(
        title(id, version), place(table), bytes, () -> expire(table, version.snapshotId()));
  }

  private static String title(TableId id, Snapshot version) {
    return "version %d of %s, made %s"
        .formatted(version.snapshotId(), id, Instant.ofEpochMilli(version.timestampMillis()));
  }

  private static String place(Table table) {
    return Folder.shown(new Path(table.location()));
  }

  /** Versions of a table that are needed. */
  private Set<Long> needed(TableId id) {
    Set<Long> needed = new HashSet<>(named);
    needed.addAll(read(id));
    if (id.equals(members(id))) {
      staying(sets(id)).forEach(sets -> IcebergVersions.members(sets).ifPresent(needed::add));
    }
    PartTables.whole(id).ifPresent(whole -> needed.addAll(parts(id, staying(whole))));
    return needed;
  }

  /** Versions of a table that whoever names none reads. */
  private Set<Long> read(TableId id) {
    Set<Long> read = new HashSet<>();
    tables.get(id).refs().values().stream().map(SnapshotRef::snapshotId).forEach(read::add);
    standing(id).stream().map(Snapshot::snapshotId).forEach(read::add);
    PartTables.whole(id).ifPresent(whole -> read.addAll(parts(id, standing(whole))));
    return read;
  }

  /** What stands there, and of gradient sets, those of the members that stand there too. */
  private List<Snapshot> standing(TableId id) {
    if (!tables.containsKey(id)) {
      return List.of();
    }
    Table table = tables.get(id);
    List<Snapshot> standing = new ArrayList<>();
    Optional.ofNullable(table.currentSnapshot()).ifPresent(standing::add);
    if (id.equals(sets(id))) {
      standing(members(id))
          .forEach(
              members ->
                  IcebergVersions.ofMembers(table, members.snapshotId()).ifPresent(standing::add));
    }
    return standing;
  }

  private static TableId members(TableId id) {
    return MembersTable.SCHEMA.in(id.zoo());
  }

  private static TableId sets(TableId id) {
    return GradientSetsTable.SCHEMA.in(id.zoo());
  }

  /** The versions of a part that versions of its table name. */
  private static Set<Long> parts(TableId part, List<Snapshot> whole) {
    return whole.stream()
        .flatMap(version -> Stream.ofNullable(IcebergVersions.parts(version).get(part.table())))
        .collect(Collectors.toSet());
  }

  /** The versions of a table that stay if what nothing needs is removed. */
  private List<Snapshot> staying(TableId id) {
    if (!tables.containsKey(id)) {
      return List.of();
    }
    List<Snapshot> all = IcebergVersions.all(tables.get(id));
    all.removeAll(replaced(tables.get(id), needed(id)));
    return all;
  }

  private List<Snapshot> replaced(Table table, Set<Long> kept) {
    List<Snapshot> all = IcebergVersions.all(table);
    List<Snapshot> replaced = new ArrayList<>();
    for (int i = 0; i + 1 < all.size(); i++) {
      Instant since = Instant.ofEpochMilli(all.get(i + 1).timestampMillis());
      if (since.isBefore(before) && !kept.contains(all.get(i).snapshotId())) {
        replaced.add(all.get(i));
      }
    }
    return replaced;
  }

  /** Removes this version alone: nothing is older than the beginning of time. */
  private void expire(Table table, long version) {
    table.refresh();
    SparkActions.get(session)
        .expireSnapshots(table)
        .expireSnapshotId(version)
        .expireOlderThan(0)
        .execute();
  }
}
