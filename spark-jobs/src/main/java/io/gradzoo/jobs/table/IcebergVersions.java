package io.gradzoo.jobs.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * Which version of each table a store reads: the newest when it first looked, or that of the zoo's
 * version that is wanted, and that one from then on; of gradient sets, the newest of these members
 * if there are some; of parts of either, the versions that they name ({@link PartTables}). So a
 * reader sees tables that belong together, whatever is published meanwhile, and wherever a
 * publication died.
 */
final class IcebergVersions {
  /** In the summary of a version that has parts, before a part's name: the part's version. */
  private static final String PART = TableProperties.PREFIX + "part.";

  private final Function<TableId, Optional<Table>> tables;

  /** What a store says of the version of a table, before its number. */
  static final String SNAPSHOT = "snapshot ";

  private final ZooVersion wanted;
  private final Map<TableId, Optional<Long>> chosen = new ConcurrentHashMap<>();

  /**
   * @param tables finds a table as it is now
   * @param wanted the version of zoos to read
   */
  IcebergVersions(Function<TableId, Optional<Table>> tables, ZooVersion wanted) {
    this.tables = tables;
    this.wanted = wanted;
  }

  /** From now on this store reads the version that it has written. */
  void wrote(TableId id, long version) {
    chosen.put(id, Optional.of(version));
  }

  /** The version of a table to read; empty if it has none. */
  Optional<Long> choose(TableId id, Table table) {
    Optional<SortedMap<String, Long>> parts = parts(id);
    return parts.isPresent() ? Optional.ofNullable(parts.get().get(id.table())) : first(id, table);
  }

  private Optional<Long> first(TableId id, Table table) {
    Optional<Long> known = chosen.get(id);
    if (known == null) {
      Optional<Long> found = look(id, table).map(Snapshot::snapshotId);
      known = chosen.putIfAbsent(id, found);
      known = known == null ? found : known;
    }
    return known;
  }

  private Optional<Snapshot> look(TableId id, Table table) {
    TableId members = MembersTable.SCHEMA.in(id.zoo());
    if (id.equals(members)) {
      return ofZoo(table);
    }
    if (id.equals(GradientSetsTable.SCHEMA.in(id.zoo()))) {
      Optional<Snapshot> own =
          tables
              .apply(members)
              .flatMap(standing -> choose(members, standing))
              .flatMap(
                  version -> newest(table, sets -> members(sets).equals(Optional.of(version))));
      return own.isPresent() || wanted instanceof ZooVersion.OfSnapshot ? own : newest(table);
    }
    return newest(table);
  }

  /** The wanted version of a zoo's members. */
  private Optional<Snapshot> ofZoo(Table table) {
    return wanted instanceof ZooVersion.OfSnapshot snapshot
        ? Optional.ofNullable(table.snapshot(snapshot.id()))
        : newest(table);
  }

  /**
   * Refuses a table that has no such version as is wanted.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 3
   */
  void require(TableId id, String location, Optional<Long> version) {
    if (version.isEmpty() && !(wanted instanceof ZooVersion.Newest)) {
      throw TableFailures.noVersion(id, location, wanted);
    }
  }

  /** The newest version at the wanted time. */
  private Optional<Snapshot> newest(Table table) {
    return wanted instanceof ZooVersion.AsOf
        ? newest(table, version -> true)
        : Optional.ofNullable(table.currentSnapshot());
  }

  /** The newest version of a kind at the wanted time. */
  private Optional<Snapshot> newest(Table table, Predicate<Snapshot> kind) {
    return all(table).stream()
        .filter(
            version ->
                !(wanted instanceof ZooVersion.AsOf as)
                    || version.timestampMillis() <= as.time().toEpochMilli())
        .filter(kind)
        .reduce((earlier, later) -> later);
  }

  /** All versions of a table, the oldest first. */
  static List<Snapshot> all(Table table) {
    List<Snapshot> all = new ArrayList<>();
    table.snapshots().forEach(all::add);
    all.sort(Comparator.comparingLong(Snapshot::sequenceNumber));
    return all;
  }

  /** The newest gradient sets that were taken of a version of the members. */
  static Optional<Snapshot> ofMembers(Table sets, long members) {
    return all(sets).stream()
        .filter(version -> members(version).equals(Optional.of(members)))
        .reduce((earlier, later) -> later);
  }

  /** The version of the members that a version of gradient sets was taken of, if it says so. */
  static Optional<Long> members(Snapshot sets) {
    return number(sets.summary().getOrDefault(TableProperties.MEMBERS, ""));
  }

  /** The number of a version in words; empty if it has none. */
  static Optional<Long> number(String version) {
    return version.matches(SNAPSHOT + "\\d{1,19}")
        ? Optional.of(Long.valueOf(version.substring(SNAPSHOT.length())))
        : Optional.empty();
  }

  /** Bytes of a version's data files. */
  static long bytes(Snapshot version) {
    return Long.parseLong(version.summary().getOrDefault("total-files-size", "0"));
  }

  /** False of a part that the table beside it does not name: an older one's, left standing. */
  boolean belongs(TableId id) {
    return parts(id).map(parts -> parts.containsKey(id.table())).orElse(true);
  }

  /** What the summary of a table says of its parts. */
  SortedMap<String, String> named(String zoo, List<TableSchema> parts) {
    SortedMap<String, String> named = new TreeMap<>();
    for (TableSchema part : parts) {
      TableId id = part.in(zoo);
      tables
          .apply(id)
          .flatMap(table -> choose(id, table))
          .ifPresent(version -> named.put(PART + part.name(), Long.toString(version)));
    }
    return named;
  }

  /**
   * The versions that the table names which this one is a part of: empty if it is none, if this
   * store has written it since, and beside sets of an older Gradzoo, which name nothing.
   */
  private Optional<SortedMap<String, Long>> parts(TableId id) {
    Optional<TableId> whole = PartTables.whole(id);
    if (whole.isEmpty() || chosen.containsKey(id)) {
      return Optional.empty();
    }
    SortedMap<String, Long> parts =
        tables
            .apply(whole.get())
            .flatMap(table -> choose(whole.get(), table).map(table::snapshot))
            .map(IcebergVersions::parts)
            .orElseGet(TreeMap::new);
    return parts.isEmpty() && PartTables.mayBeUnnamed(id) ? Optional.empty() : Optional.of(parts);
  }

  /** The versions that a version of a table names, by its parts' names. */
  static SortedMap<String, Long> parts(Snapshot whole) {
    SortedMap<String, Long> parts = new TreeMap<>();
    whole
        .summary()
        .forEach(
            (key, value) -> {
              if (key.startsWith(PART)) {
                parts.put(key.substring(PART.length()), Long.valueOf(value));
              }
            });
    return parts;
  }
}
