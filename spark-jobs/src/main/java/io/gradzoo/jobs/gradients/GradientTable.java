package io.gradzoo.jobs.gradients;

import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.LayerFactorsTable;
import io.gradzoo.jobs.table.LayerMomentsTable;
import io.gradzoo.jobs.table.ProbeSetsTable;
import io.gradzoo.jobs.table.TableSchema;
import java.util.List;
import org.apache.spark.sql.Row;

/** The tables that gradient sets fill, in the order in which they are published. */
enum GradientTable {
  /** Only where members have probe sets of their own. */
  PROBES(ProbeSetsTable.SCHEMA) {
    @Override
    List<Row> rows(GradientRows from, Row member) {
      return from.probes(member);
    }
  },
  FACTORS(LayerFactorsTable.SCHEMA) {
    @Override
    List<Row> rows(GradientRows from, Row member) {
      return from.factors(member);
    }
  },
  MOMENTS(LayerMomentsTable.SCHEMA) {
    @Override
    List<Row> rows(GradientRows from, Row member) {
      return from.moments(member);
    }
  },
  /** Last: its presence says that the others are complete. */
  SETS(GradientSetsTable.SCHEMA) {
    @Override
    List<Row> rows(GradientRows from, Row member) {
      return from.sets(member);
    }
  };

  private final TableSchema schema;

  GradientTable(TableSchema schema) {
    this.schema = schema;
  }

  TableSchema schema() {
    return schema;
  }

  /** A member's rows of this table. */
  abstract List<Row> rows(GradientRows from, Row member);
}
