package io.gradzoo.jobs.table;

import io.gradzoo.jobs.prediction.Answer;
import io.gradzoo.jobs.prediction.PredictionColumn;
import io.gradzoo.jobs.prediction.PredictionColumn.Form;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Columns of {@code predictions_<model>}: one row for every member that the model can read, with
 * what was measured in a column named after it and what the model expects in {@code
 * predicted_<column>}. One number is a double; a diagonal is an array of the float32 numbers that
 * {@code layer_moments} has, one for every parameter in the order of {@code members.parameters}. A
 * class is an integer, null if it is not known, with {@code probabilities} of all classes behind
 * the predicted one. Numbers are those of the tables they come from, bit by bit. {@code split} is
 * what the member was to the model in training; null if the zoo is not the one that it was trained
 * on.
 */
public final class PredictionsTable {
  private static final String COLUMNS =
      "member_id STRING, architecture STRING, split STRING, %1$s %2$s, predicted_%1$s %2$s";

  /** The column of the probabilities of all classes. */
  public static final String PROBABILITIES = "probabilities";

  /** What the name of a column of predictions begins with. */
  public static final String PREDICTED = "predicted_";

  private static final int VERSION = 2;
  private static final int ROW_BYTES = 100;

  private PredictionsTable() {}

  /** The table of a model's predictions. */
  public static TableSchema of(String model, PredictionColumn column) {
    String type =
        switch (column.form()) {
          case NUMBER -> "DOUBLE";
          case ARRAY -> "ARRAY<FLOAT>";
          case CLASS -> "INT";
        };
    String more = column.form() == Form.CLASS ? ", " + PROBABILITIES + " ARRAY<FLOAT>" : "";
    TableSchema schema =
        TableSchema.of(
            "predictions_" + model.replace('-', '_'),
            VERSION,
            COLUMNS.formatted(column.name(), type) + more,
            "member_id");
    return column.name().equals(MembersTable.TEST_ACCURACY)
        ? schema
        : unknownInVersion1(schema, column);
  }

  /** Version 1 called every number an accuracy, and of a diagonal had the mean alone. */
  private static TableSchema unknownInVersion1(TableSchema schema, PredictionColumn column) {
    return schema.withAdded(2, column.name(), PREDICTED + column.name());
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
      return switch (column.form()) {
        case NUMBER -> row(answer.truth()[0], (double) answer.predicted()[0]);
        case ARRAY -> row(measured(), answer.predicted());
        case CLASS ->
            row(
                known(answer.truth()[0]),
                Answer.finite(answer.predicted()) ? Answer.mostProbable(answer.predicted()) : null,
                Answer.probabilities(answer.predicted()));
      };
    }

    private Row row(Object... values) {
      List<Object> cells = new ArrayList<>();
      cells.add(answer.memberId());
      cells.add(answer.architecture());
      cells.add(split);
      cells.addAll(Arrays.asList(values));
      return RowFactory.create(cells.toArray());
    }

    private static Integer known(double label) {
      return Double.isNaN(label) ? null : (int) label;
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
