package io.gradzoo.jobs.table;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tables that describe the rows of another and are published with it: that one's version names
 * theirs.
 */
final class PartTables {
  private static final Map<TableSchema, Set<String>> PARTS =
      Map.of(
          GradientSetsTable.SCHEMA,
          GradientSetsTable.PARTS,
          MembersTable.SCHEMA,
          Set.of(FineTunedTable.SCHEMA.name(), PrunedTable.SCHEMA.name()));

  private PartTables() {}

  /** The table that another is a part of; empty if it is none. */
  static Optional<TableId> whole(TableId part) {
    return PARTS.entrySet().stream()
        .filter(parts -> parts.getValue().contains(part.table()))
        .map(parts -> parts.getKey().in(part.zoo()))
        .findAny();
  }

  /** Whether an older Gradzoo published the part beside a table that does not name it. */
  static boolean mayBeUnnamed(TableId part) {
    return GradientSetsTable.PARTS.contains(part.table());
  }
}
