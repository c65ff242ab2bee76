package io.gradzoo.jobs.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Rows of the table {@code members}, the same for the same seed. */
final class SampleRows {
  private SampleRows() {}

  static Dataset<Row> members(SparkSession session, int count, long seed) {
    return session.createDataFrame(rows(count, seed), MembersTable.SCHEMA.columns());
  }

  /** Id and hash of every row, by id: short enough to read when two lists differ. */
  static List<String> digests(Dataset<Row> rows) {
    return rows.orderBy("member_id").collectAsList().stream()
        .map(row -> row.getString(0) + " " + Integer.toHexString(row.toString().hashCode()))
        .toList();
  }

  private static List<Row> rows(int count, long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean ok = i % 5 != 4;
      List<Float> parameters =
          IntStream.range(0, 40).mapToObj(k -> (float) random.nextGaussian()).toList();
      rows.add(
          RowFactory.create(
              "r%06d-e020".formatted(i),
              "r%06d".formatted(i),
              20,
              "relu:64:dense5:dense1",
              "mlp",
              ok ? parameters : null,
              RowFactory.create(
                  "relu", "normal", 0.1, "adam", 1e-3, 1e-6, 0.25, 1.0, 32, "" + (seed + i)),
              ok ? random.nextDouble() : null,
              ok ? random.nextDouble() : null,
              ok ? random.nextDouble() : null,
              ok ? random.nextDouble() : null,
              null,
              ok ? "ok" : "diverged",
              ok ? null : "loss is NaN in epoch 3",
              "ab".repeat(32),
              i / (double) count,
              ok ? "image" + i : null,
              ok ? i % 10 : null,
              ok ? "train" : null,
              "cd".repeat(32),
              "0.1.0"));
    }
    return rows;
  }
}
