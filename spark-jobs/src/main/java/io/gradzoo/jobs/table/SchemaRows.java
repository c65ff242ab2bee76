package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows brought into a schema's form. */
final class SchemaRows {
  private SchemaRows() {}

  /**
   * The schema's columns in its order, sorted by its key within each partition.
   *
   * @throws IllegalArgumentException if the rows have other columns
   */
  static Dataset<Row> arranged(Dataset<Row> rows, TableSchema schema) {
    Fault difference = difference(schema.columns(), rows.schema());
    if (difference == null && rows.schema().length() != schema.columns().length()) {
      difference =
          Fault.here()
              .expected("%d columns", schema.columns().length())
              .found(rows.schema().length());
    }
    if (difference != null) {
      throw Fault.of("write " + schema.name()).at("the rows given").because(difference).exception();
    }
    Column[] columns =
        Arrays.stream(schema.columns().fieldNames()).map(rows::col).toArray(Column[]::new);
    Column[] key = schema.key().stream().map(rows::col).toArray(Column[]::new);
    return rows.select(columns).sortWithinPartitions(key);
  }

  /**
   * Rows of an older version in the columns of this one, and others as they are. A column that
   * cannot be made is left out.
   *
   * @param stored the version of the rows
   */
  static Dataset<Row> completed(Dataset<Row> rows, TableSchema schema, int stored) {
    if (stored >= schema.version()) {
      return rows;
    }
    Set<String> present = Set.of(rows.columns());
    List<Column> columns = new ArrayList<>();
    for (String column : schema.columns().fieldNames()) {
      Optional<TableSchema.ColumnChange> change = schema.change(column, stored);
      String source = change.map(TableSchema.ColumnChange::source).orElse(column);
      if (change.isPresent() && (change.get().source() == null || present.contains(source))) {
        columns.add(functions.expr(change.get().expression()).as(column));
      } else if (change.isEmpty() && present.contains(column)) {
        columns.add(rows.col(column));
      }
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  /** The fault of the first column that is missing or of another type; null if there is none. */
  static Fault difference(StructType expected, StructType found) {
    StructType plain = found.asNullable();
    for (StructField field : expected.fields()) {
      if (plain.getFieldIndex(field.name()).isEmpty()) {
        return Fault.here()
            .expected("a column %s %s", field.name(), field.dataType().sql())
            .found("none");
      }
      StructField other = plain.apply(field.name());
      if (!other.dataType().equals(field.dataType())) {
        return Fault.here()
            .expected("a column %s %s", field.name(), field.dataType().sql())
            .found(other.dataType().sql());
      }
    }
    return null;
  }
}
