package io.gradzoo.jobs.table;

import io.gradzoo.engine.editing.NetworkMeasures;
import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Columns of {@code fine_tuned}: one row for every member of a zoo that {@code gradzoo finetune}
 * made: which member of which zoo it comes from, what changed it, and how good it was before and
 * after, on the test images of the zoo.
 *
 * <p>{@code operator} is the identity of the run that changed it, {@code objective} says in words
 * what was to become smaller. {@code changed} is false where the member was kept as it was; what
 * stands under {@code after} is then what it would have become. {@code loss} is the cross-entropy
 * in nats, {@code norm} the sum of the absolute weights and biases, {@code small} the share of
 * those below 0.01. {@code length} is how far the member went toward what the operator made of it:
 * 1 all the way, 0 not at all. {@code mask} is that of a parent that was pruned, as {@link
 * PrunedTable} has it, and holds of the member too; null for others.
 */
public final class FineTunedTable {
  public static final String MEMBER_ID = MembersTable.MEMBER_ID;

  private static final String COLUMNS =
      """
member_id STRING, parent_zoo STRING, parent_id STRING, parent_sha256 STRING,
operator STRING, objective STRING, changed BOOLEAN,
loss_before DOUBLE, loss_after DOUBLE, accuracy_before DOUBLE, accuracy_after DOUBLE,
objective_before DOUBLE, objective_after DOUBLE, norm_before DOUBLE, norm_after DOUBLE,
small_before DOUBLE, small_after DOUBLE, length DOUBLE, mask BINARY
""";

  public static final String MASK = "mask";

  public static final TableSchema SCHEMA =
      TableSchema.of("fine_tuned", 2, COLUMNS, MEMBER_ID)
          .with(new TableSchema.ColumnChange(2, "length", null, "1D"))
          .withAdded(2, MASK);

  private FineTunedTable() {}

  /**
   * A row.
   *
   * @param changed whether the member is another network than its parent
   * @param length how far it went, in [0, 1]
   * @param mask bits of what stays, or null
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  public record FineTunedRow(
      String memberId,
      Parent parent,
      String operator,
      String objective,
      boolean changed,
      NetworkMeasures before,
      NetworkMeasures after,
      double length,
      byte[] mask)
      implements Serializable {

    /** The row in the table's columns. */
    public Row toRow() {
      return RowFactory.create(
          memberId,
          parent.zoo,
          parent.memberId,
          parent.sha256,
          operator,
          objective,
          changed,
          before.loss(),
          after.loss(),
          before.accuracy(),
          after.accuracy(),
          before.objective(),
          after.objective(),
          before.norm(),
          after.norm(),
          before.small(),
          after.small(),
          length,
          mask);
    }
  }

  /**
   * The member that another was made of.
   *
   * @param sha256 of its weights, hex
   */
  public record Parent(String zoo, String memberId, String sha256) implements Serializable {}
}
