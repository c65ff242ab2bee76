package io.gradzoo.jobs.gradients;

import static org.apache.spark.sql.functions.col;

import io.gradzoo.jobs.family.LayerSize;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerLowRankTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.ProbeSetsTable;
import io.gradzoo.jobs.table.TableSchema;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * The tables that gradient sets fill, in the order in which they are published: the sets last,
 * whose presence shows that the others are complete. While sets are taken, a staged row has a
 * column for each table, of which one is filled.
 */
enum GradientTable {
  PROBES(ProbeSetsTable.SCHEMA),
  FACTORS(LayerFactorsTable.SCHEMA),
  /** Only if the config asks for it. */
  LOWRANK(LayerLowRankTable.SCHEMA),
  MOMENTS(LayerMomentsTable.SCHEMA),
  SETS(GradientSetsTable.SCHEMA);

  private final TableSchema schema;

  GradientTable(TableSchema schema) {
    this.schema = schema;
  }

  TableSchema schema() {
    return schema;
  }

  /** Where sample gradients of a form are kept. */
  static GradientTable select(LayerSize.StoredForm form) {
    return form == LayerSize.StoredForm.LOW_RANK ? LOWRANK : FACTORS;
  }

  /** Columns of staged rows. */
  static StructType stagedColumns() {
    StructType columns = new StructType();
    for (GradientTable table : values()) {
      columns = columns.add(table.schema.name(), table.schema.columns());
    }
    return columns;
  }

  /** The staged form of a row of this table. */
  @SuppressWarnings("EnumOrdinal") // the place of its column among stagedColumns
  Row staged(Row row) {
    Object[] cells = new Object[values().length];
    cells[ordinal()] = row;
    return RowFactory.create(cells);
  }

  /** The rows of this table among staged ones. */
  Dataset<Row> select(Dataset<Row> staged) {
    return staged.where(col(schema.name()).isNotNull()).select(schema.name() + ".*");
  }
}
