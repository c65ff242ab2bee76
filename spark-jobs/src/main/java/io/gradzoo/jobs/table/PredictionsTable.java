package io.gradzoo.jobs.table;

import io.gradzoo.jobs.task.PredictionTask;

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

  private PredictionsTable() {}

  /** The table of a model's predictions. */
  public static TableSchema of(String model, PredictionTask task) {
    String type = task == PredictionTask.FISHER_DIAGONAL ? "ARRAY<FLOAT>" : "DOUBLE";
    TableSchema schema =
        TableSchema.of(
            "predictions_" + model.replace('-', '_'),
            VERSION,
            COLUMNS.formatted(task.column(), type),
            "member_id");
    return task == PredictionTask.ACCURACY ? schema : unknownInVersion1(schema, task, type);
  }

  /** Version 1 called every number an accuracy, and of a diagonal had the mean alone. */
  private static TableSchema unknownInVersion1(
      TableSchema schema, PredictionTask task, String type) {
    String none = "CAST(NULL AS " + type + ")";
    return schema.withAdded(task.column(), none).withAdded("predicted_" + task.column(), none);
  }
}
