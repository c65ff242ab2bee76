package io.gradzoo.jobs.gradients;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.table.GradientSetsTable;
import io.gradzoo.jobs.table.MembersTable.MemberRow;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Members that have no gradient sets because float32 cannot hold their numbers. While sets are
 * taken such a member is a staged row of the sets with a role of its own, so that an interrupted
 * computation knows it; it is never published.
 *
 * @param memberId of the member
 * @param why the member and its first number that is too large
 */
record Exclusion(String memberId, String why) {
  /** Property of the published sets: how many members were excluded. */
  static final String COUNT = "excluded-members";

  private static final String ROLE = "excluded";

  /** The staged row of a member. */
  static Row row(MemberRow member, Fault fault) {
    Object[] cells = new Object[GradientSetsTable.SCHEMA.columns().size()];
    cells[index(GradientSetsTable.MEMBER_ID)] = member.memberId();
    cells[index(GradientSetsTable.ROLE)] = ROLE;
    cells[index(GradientSetsTable.LOSS)] = fault.where() + ": " + fault.found();
    return RowFactory.create(cells);
  }

  /** The exclusions among staged sets, by member. */
  static List<Exclusion> of(Dataset<Row> sets) {
    return sets
        .where(col(GradientSetsTable.ROLE).equalTo(lit(ROLE)))
        .orderBy(GradientSetsTable.MEMBER_ID)
        .select(GradientSetsTable.MEMBER_ID, GradientSetsTable.LOSS)
        .collectAsList()
        .stream()
        .map(row -> new Exclusion(row.getString(0), row.getString(1)))
        .toList();
  }

  /** The sets among staged ones. */
  static Dataset<Row> without(Dataset<Row> sets) {
    return sets.where(col(GradientSetsTable.ROLE).notEqual(lit(ROLE)));
  }

  private static int index(String column) {
    return GradientSetsTable.SCHEMA.columns().fieldIndex(column);
  }
}
