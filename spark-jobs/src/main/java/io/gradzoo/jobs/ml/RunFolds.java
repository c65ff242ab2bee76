package io.gradzoo.jobs.ml;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.xxhash64;

import io.gradzoo.jobs.table.MembersTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/** Folds for {@code CrossValidator.setFoldCol} that divide no run. */
public final class RunFolds {
  /** Name of the column. */
  public static final String COLUMN = "fold";

  private static final String DEALT = "dealt_run_id";

  private RunFolds() {}

  /**
   * Members with a column {@value #COLUMN}: runs in the order of their hashes, dealt out one by
   * one. Only the names of the runs are brought together, not the members.
   *
   * @param members with a column {@code run_id}
   * @param folds how many, at least 2
   */
  public static Dataset<Row> of(Dataset<Row> members, int folds) {
    Column run = col(DEALT);
    Dataset<Row> dealt =
        members
            .select(col(MembersTable.RUN_ID).as(DEALT))
            .distinct()
            .withColumn(
                COLUMN,
                row_number()
                    .over(Window.orderBy(xxhash64(run), run))
                    .minus(lit(1))
                    .mod(lit(folds))
                    .cast(DataTypes.IntegerType));
    return members
        .join(broadcast(dealt), members.col(MembersTable.RUN_ID).eqNullSafe(run), "left")
        .drop(DEALT);
  }
}
