package io.gradzoo.jobs.table;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;

/**
 * Versions of Iceberg tables that were replaced. Needed are, whatever their age, those that
 * somebody named, the newest gradient sets and those of the members that stand there, with their
 * parts, and the members that gradient sets which stay were taken of.
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
    Table sets = tables.get(GradientSetsTable.SCHEMA.in(id.zoo()));
    if (sets == null) {
      return needed;
    }
    Set<Long> readSets = read(GradientSetsTable.SCHEMA.in(id.zoo()));
    readSets.addAll(named);
    for (Snapshot staying : staying(sets, readSets)) {
      if (GradientSetsTable.PARTS.contains(id.table())) {
        needed.addAll(IcebergVersions.parts(staying).values());
      } else if (id.equals(MembersTable.SCHEMA.in(id.zoo()))) {
        IcebergVersions.members(staying).ifPresent(needed::add);
      }
    }
    return needed;
  }

  /** Versions of a table that whoever names none reads. */
  private Set<Long> read(TableId id) {
    Set<Long> read = new HashSet<>();
    Table table = tables.get(id);
    table.refs().values().stream().map(SnapshotRef::snapshotId).forEach(read::add);
    TableId members = MembersTable.SCHEMA.in(id.zoo());
    Table sets = tables.get(GradientSetsTable.SCHEMA.in(id.zoo()));
    if (sets == null || !tables.containsKey(members)) {
      return read;
    }
    Stream<Snapshot> own =
        Stream.ofNullable(tables.get(members).currentSnapshot())
            .flatMap(version -> IcebergVersions.ofMembers(sets, version.snapshotId()).stream());
    for (Snapshot standing :
        Stream.concat(own, Stream.ofNullable(sets.currentSnapshot())).toList()) {
      if (table == sets) {
        read.add(standing.snapshotId());
      } else if (GradientSetsTable.PARTS.contains(id.table())) {
        read.addAll(IcebergVersions.parts(standing).values());
      }
    }
    return read;
  }

  /** The versions that stay if those are removed. */
  private List<Snapshot> staying(Table table, Set<Long> kept) {
    List<Snapshot> all = IcebergVersions.all(table);
    all.removeAll(replaced(table, kept));
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
