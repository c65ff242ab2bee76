package io.gradzoo.jobs.table;

import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * A kind of table.
 *
 * @param name of the table in its zoo
 * @param version of the columns; readers refuse newer ones
 * @param columns names and types; all nullable
 * @param key columns that name a row and order it within a file
 */
public record TableSchema(String name, int version, StructType columns, List<String> key) {
  public TableSchema {
    key = List.copyOf(key);
    columns = columns.asNullable();
  }

  /** This kind of table in a zoo. */
  public TableId in(String zoo) {
    return new TableId(zoo, name);
  }

  static TableSchema of(String name, int version, String ddl, String... key) {
    return new TableSchema(name, version, StructType.fromDDL(ddl), List.of(key));
  }
}
