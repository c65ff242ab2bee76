package io.gradzoo.jobs.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.dense_rank;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.gradzoo.jobs.table.MembersTable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/** Folds for {@code CrossValidator.setFoldCol} that divide no run. */
public final class RunFolds {
  /** Name of the column. */
  public static final String COLUMN = "fold";

  private RunFolds() {}

  /**
   * Members with a column {@value #COLUMN}: runs in the order of their hashes, dealt out one by
   * one.
   *
   * @param members with a column {@code run_id}
   * @param folds how many, at least 2
   */
  public static Dataset<Row> of(Dataset<Row> members, int folds) {
    return members.withColumn(
        COLUMN,
        dense_rank()
            .over(Window.orderBy(xxhash64(col(MembersTable.RUN_ID)), col(MembersTable.RUN_ID)))
            .minus(lit(1))
            .mod(lit(folds))
            .cast(DataTypes.IntegerType));
  }
}
