package io.gradzoo.jobs.table;

/**
 * Columns of {@code predictions_<model>}: one row for every member that the model can read, with
 * the accuracy that was measured beside the one that the model expects. {@code split} is what the
 * member was to the model in training; null if the zoo is not the one that it was trained on.
 */
public final class PredictionsTable {
  private static final String COLUMNS =
      """
      member_id STRING, architecture STRING, split STRING, test_accuracy DOUBLE,
      predicted_test_accuracy DOUBLE
      """;

  private PredictionsTable() {}

  /** The table of a model's predictions. */
  public static TableSchema of(String model) {
    return TableSchema.of("predictions_" + model.replace('-', '_'), 1, COLUMNS, "member_id");
  }
}
