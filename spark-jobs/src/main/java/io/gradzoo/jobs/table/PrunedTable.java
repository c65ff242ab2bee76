package io.gradzoo.jobs.table;

import io.gradzoo.engine.editing.NetworkMeasures;
import io.gradzoo.jobs.table.FineTunedTable.Parent;
import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Columns of {@code pruned}: one row for every member of a zoo that {@code gradzoo prune} made:
 * which member of which zoo it comes from, how it was pruned, and how good it was, is, and is
 * predicted to be, on the test images of the zoo.
 *
 * <p>{@code mask} has a bit for each parameter in the order of {@code parameters}, the first in the
 * lowest bit of the first byte, set where the parameter stays; the others are 0. {@code distance}
 * is that from the nearest network of the zoo that the operator was trained on, by what they do,
 * {@code outside} whether it is unlike all of them ({@link io.gradzoo.engine.pruning.ZooRange});
 * with {@code _pruned} before fine-tuning.
 */
public final class PrunedTable {
  private static final String COLUMNS =
      """
member_id STRING, parent_zoo STRING, parent_id STRING, parent_sha256 STRING,
operator STRING, predictor STRING, method STRING, sparsity DOUBLE, learning_rate DOUBLE, mask BINARY,
loss_before DOUBLE, loss_pruned DOUBLE, loss_after DOUBLE,
accuracy_before DOUBLE, accuracy_pruned DOUBLE, accuracy_after DOUBLE,
predicted_pruned DOUBLE, predicted_after DOUBLE, distance DOUBLE, outside BOOLEAN,
distance_pruned DOUBLE, outside_pruned BOOLEAN
""";

  public static final String MASK = "mask";

  public static final TableSchema SCHEMA =
      TableSchema.of("pruned", 2, COLUMNS, MembersTable.MEMBER_ID)
          .withAdded(2, "distance_pruned", "outside_pruned");

  private PrunedTable() {}

  /**
   * A row.
   *
   * @param how it was pruned
   * @param mask its bits
   * @param before measures of the parent
   * @param pruned measures before fine-tuning
   * @param after measures after it
   * @param outlookPruned what is said of it before fine-tuning
   * @param outlook what is said of it after it
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  public record PrunedRow(
      String memberId,
      Parent parent,
      Treatment how,
      byte[] mask,
      NetworkMeasures before,
      NetworkMeasures pruned,
      NetworkMeasures after,
      PruningOutlook outlookPruned,
      PruningOutlook outlook)
      implements Serializable {

    /** The row in the table's columns. */
    public Row toRow() {
      return RowFactory.create(
          memberId,
          parent.zoo(),
          parent.memberId(),
          parent.sha256(),
          how.operator,
          how.predictor,
          how.method,
          how.sparsity,
          how.rate,
          mask,
          before.loss(),
          pruned.loss(),
          after.loss(),
          before.accuracy(),
          pruned.accuracy(),
          after.accuracy(),
          outlookPruned.predicted,
          outlook.predicted,
          outlook.distance,
          outlook.outside,
          outlookPruned.distance,
          outlookPruned.outside);
    }
  }

  /**
   * How a member was pruned.
   *
   * @param operator identity of the run that changes networks
   * @param predictor identity of the run that predicts accuracies, null without one
   * @param rate of learning in fine-tuning
   */
  public record Treatment(
      String operator, String predictor, String method, double sparsity, double rate)
      implements Serializable {}

  /**
   * What is said of a network whose true accuracy is not known.
   *
   * @param predicted accuracy, null without a predictor
   * @param distance from the nearest network of the zoo that the operator was trained on
   * @param outside whether it is unlike all of them
   */
  public record PruningOutlook(Double predicted, double distance, boolean outside)
      implements Serializable {}
}
