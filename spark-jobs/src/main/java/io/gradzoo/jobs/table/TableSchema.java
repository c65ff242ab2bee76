package io.gradzoo.jobs.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/**
 * A kind of table.
 *
 * @param name of the table in its zoo
 * @param version of the columns; readers refuse newer ones
 * @param columns names and types; all nullable
 * @param key columns that name a row and order it within a file
 * @param changes what stands for columns that older versions have not, or have otherwise
 */
public record TableSchema(
    String name, int version, StructType columns, List<String> key, List<ColumnChange> changes) {
  public TableSchema {
    key = List.copyOf(key);
    columns = columns.asNullable();
    changes = List.copyOf(changes);
  }

  /**
   * A column that became what it is.
   *
   * @param since the version that has it so
   * @param source the column of older versions that it is made from; null if they have none
   * @param expression SQL over the columns of older versions, in the column's present type
   */
  record ColumnChange(int since, String column, String source, String expression) {}

  /** This kind of table in a zoo. */
  public TableId in(String zoo) {
    return new TableId(zoo, name);
  }

  static TableSchema of(String name, int version, String ddl, String... key) {
    return new TableSchema(name, version, StructType.fromDDL(ddl), List.of(key), List.of());
  }

  /** The same, some of its columns being newer than version 1: null in older tables. */
  TableSchema withAdded(int since, String... added) {
    TableSchema schema = this;
    for (String column : added) {
      String type = columns.apply(column).dataType().sql();
      schema = schema.with(new ColumnChange(since, column, null, "CAST(NULL AS " + type + ")"));
    }
    return schema;
  }

  /** The same, with a column that older tables lack or have in another form. */
  TableSchema with(ColumnChange change) {
    List<ColumnChange> more = new ArrayList<>(changes);
    more.add(change);
    return new TableSchema(name, version, columns, key, more);
  }

  /** What makes a column of one of an older version; empty if nothing has changed since. */
  Optional<ColumnChange> change(String column, int stored) {
    return changes.stream()
        .filter(change -> change.column.equals(column) && change.since > stored)
        .min(Comparator.comparingInt(ColumnChange::since));
  }
}
