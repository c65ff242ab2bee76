package io.gradzoo.jobs.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * Which version of each table a store reads: the newest when it first looked, and that one from
 * then on; of the parts of gradient sets, the versions that the sets name. So a reader sees tables
 * that belong together, whatever is published meanwhile, and wherever a publication died.
 */
final class IcebergVersions {
  /** In the summary of a version of gradient sets, before a part's name: the part's version. */
  private static final String PART = TableProperties.PREFIX + "part.";

  private final Function<TableId, Optional<Table>> tables;
  private final Map<TableId, Optional<Long>> chosen = new ConcurrentHashMap<>();

  /**
   * @param tables finds a table as it is now
   */
  IcebergVersions(Function<TableId, Optional<Table>> tables) {
    this.tables = tables;
  }

  /** From now on this store reads the version that it has written. */
  void wrote(TableId id, long version) {
    chosen.put(id, Optional.of(version));
  }

  /** The version of a table to read; empty if it has none. */
  Optional<Long> choose(TableId id, Table table) {
    Optional<SortedMap<String, Long>> parts = parts(id);
    return parts.isPresent()
        ? Optional.ofNullable(parts.get().get(id.table()))
        : chosen.computeIfAbsent(id, key -> newest(table));
  }

  /** False of a part that the sets beside it do not name: an older one's, left standing. */
  boolean belongs(TableId id) {
    return parts(id).map(parts -> parts.containsKey(id.table())).orElse(true);
  }

  /** What the summary of gradient sets says of their parts. */
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
   * The versions that gradient sets name, if the table is a part of some: empty if it is none, if
   * this store has written it since, and beside sets of an older Gradzoo, which name nothing.
   */
  private Optional<SortedMap<String, Long>> parts(TableId id) {
    if (!GradientSetsTable.PARTS.contains(id.table()) || chosen.containsKey(id)) {
      return Optional.empty();
    }
    TableId sets = GradientSetsTable.SCHEMA.in(id.zoo());
    SortedMap<String, Long> parts =
        tables
            .apply(sets)
            .flatMap(table -> choose(sets, table).map(table::snapshot))
            .map(IcebergVersions::parts)
            .orElseGet(TreeMap::new);
    return parts.isEmpty() ? Optional.empty() : Optional.of(parts);
  }

  /** The versions that a version of gradient sets names, by its parts' names. */
  static SortedMap<String, Long> parts(Snapshot sets) {
    SortedMap<String, Long> parts = new TreeMap<>();
    sets.summary()
        .forEach(
            (key, value) -> {
              if (key.startsWith(PART)) {
                parts.put(key.substring(PART.length()), Long.valueOf(value));
              }
            });
    return parts;
  }

  private static Optional<Long> newest(Table table) {
    return Optional.ofNullable(table.currentSnapshot()).map(Snapshot::snapshotId);
  }
}
