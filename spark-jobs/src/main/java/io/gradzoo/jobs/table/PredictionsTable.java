package io.gradzoo.jobs.table;

import io.gradzoo.jobs.prediction.Answer;
import io.gradzoo.jobs.prediction.PredictionColumn;
import io.gradzoo.jobs.prediction.PredictionColumn.Form;
import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Columns of {@code predictions_<model>}: one row for every member that the model can read, with
 * what was measured in a column named after it and what the model expects in {@code
 * predicted_<column>}. One number is a double; a diagonal is an array of the float32 numbers that
 * {@code layer_moments} has, one for every parameter in the order of {@code members.parameters}.
 * Numbers are those of the tables they come from, bit by bit. {@code split} is what the member was
 * to the model in training; null if the zoo is not the one that it was trained on.
 */
public final class PredictionsTable {
  private static final String COLUMNS =
      "member_id STRING, architecture STRING, split STRING, %1$s %2$s, predicted_%1$s %2$s";
  private static final int VERSION = 2;
  private static final int ROW_BYTES = 100;

  private PredictionsTable() {}

  /** The table of a model's predictions. */
  public static TableSchema of(String model, PredictionColumn column) {
    String type = column.form() == Form.ARRAY ? "ARRAY<FLOAT>" : "DOUBLE";
    TableSchema schema =
        TableSchema.of(
            "predictions_" + model.replace('-', '_'),
            VERSION,
            COLUMNS.formatted(column.name(), type),
            "member_id");
    return column.name().equals(MembersTable.TEST_ACCURACY)
        ? schema
        : unknownInVersion1(schema, column);
  }

  /** Version 1 called every number an accuracy, and of a diagonal had the mean alone. */
  private static TableSchema unknownInVersion1(TableSchema schema, PredictionColumn column) {
    return schema.withAdded(2, column.name(), "predicted_" + column.name());
  }

  /**
   * A row.
   *
   * @param answer of the model
   * @param split of the member in training; null if it is not known
   */
  public record PredictionRow(Answer answer, String split) implements Serializable {

    /** The row of the table with such a column. */
    public Row toRow(PredictionColumn column) {
      if (column.form() == Form.ARRAY) {
        return RowFactory.create(
            answer.memberId(), answer.architecture(), split, measured(), answer.predicted());
      }
      return RowFactory.create(
          answer.memberId(),
          answer.architecture(),
          split,
          answer.truth()[0],
          (double) answer.predicted()[0]);
    }

    /** Bytes that the row takes before compression, about. */
    public long bytes() {
      return ROW_BYTES + 2L * Float.BYTES * answer.predicted().length;
    }

    /** The truth of a diagonal was read from float32 numbers. */
    private float[] measured() {
      float[] measured = new float[answer.truth().length];
      for (int i = 0; i < measured.length; i++) {
        measured[i] = (float) answer.truth()[i];
      }
      return measured;
    }
  }
}
