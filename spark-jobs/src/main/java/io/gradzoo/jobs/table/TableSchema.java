package io.gradzoo.jobs.table;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.types.StructType;

/**
 * A kind of table.
 *
 * @param name of the table in its zoo
 * @param version of the columns; readers refuse newer ones
 * @param columns names and types; all nullable
 * @param key columns that name a row and order it within a file
 * @param added columns that tables of older versions lack, with the SQL expression of what stands
 *     for them there
 */
public record TableSchema(
    String name,
    int version,
    StructType columns,
    List<String> key,
    SortedMap<String, String> added) {
  public TableSchema {
    key = List.copyOf(key);
    columns = columns.asNullable();
    added = Collections.unmodifiableSortedMap(new TreeMap<>(added));
  }

  /** This kind of table in a zoo. */
  public TableId in(String zoo) {
    return new TableId(zoo, name);
  }

  static TableSchema of(String name, int version, String ddl, String... key) {
    return new TableSchema(name, version, StructType.fromDDL(ddl), List.of(key), new TreeMap<>());
  }

  /** The same, one of its columns being newer than version 1. */
  TableSchema withAdded(String column, String expression) {
    SortedMap<String, String> more = new TreeMap<>(added);
    more.put(column, expression);
    return new TableSchema(name, version, columns, key, more);
  }
}
