package io.gradzoo.jobs.table;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows brought into a schema's form. */
final class Rows {
  private Rows() {}

  /**
   * The schema's columns in its order, sorted by its key within each partition.
   *
   * @throws IllegalArgumentException if the rows have other columns
   */
  static Dataset<Row> arranged(Dataset<Row> rows, TableSchema schema) {
    String difference = difference(schema.columns(), rows.schema());
    if (difference == null && rows.schema().length() != schema.columns().length()) {
      difference = schema.columns().length() + " columns, found " + rows.schema().length();
    }
    if (difference != null) {
      throw new IllegalArgumentException(
          "write " + schema.name() + ": expected " + difference + " in the rows given");
    }
    Column[] columns =
        Arrays.stream(schema.columns().fieldNames()).map(rows::col).toArray(Column[]::new);
    Column[] key = schema.key().stream().map(rows::col).toArray(Column[]::new);
    return rows.select(columns).sortWithinPartitions(key);
  }

  /**
   * Rows of an older version with the columns that have been added since, and others as they are.
   *
   * @param stored the version of the rows
   */
  static Dataset<Row> completed(Dataset<Row> rows, TableSchema schema, int stored) {
    if (stored >= schema.version()) {
      return rows;
    }
    Set<String> present = Set.of(rows.columns());
    Dataset<Row> completed = rows;
    for (Map.Entry<String, String> column : schema.added().entrySet()) {
      if (!present.contains(column.getKey())) {
        completed = completed.withColumn(column.getKey(), functions.expr(column.getValue()));
      }
    }
    return completed;
  }

  /** The first column that is missing or of another type, in words; null if there is none. */
  static String difference(StructType expected, StructType found) {
    StructType plain = found.asNullable();
    for (StructField field : expected.fields()) {
      if (plain.getFieldIndex(field.name()).isEmpty()) {
        return "a column %s %s, found none".formatted(field.name(), field.dataType().sql());
      }
      StructField other = plain.apply(field.name());
      if (!other.dataType().equals(field.dataType())) {
        return "a column %s %s, found %s"
            .formatted(field.name(), field.dataType().sql(), other.dataType().sql());
      }
    }
    return null;
  }
}
