package io.gradzoo.jobs.table;

/**
 * Columns of {@code layer_moments}: one row for every gradient set and layer that has parameters;
 * means over the set's samples of the gradient and its square (the empirical Fisher diagonal), in
 * the layout of the layer's weights [out · in · kernel · kernel] and biases [out]. A LayerNorm has
 * its gain in place of weights and its offset in place of biases; an embedding has no biases.
 */
public final class LayerMomentsTable {
  public static final String GRADIENT_SET_ID = "gradient_set_id";
  public static final String LAYER = "layer";
  public static final String KIND = "kind";
  public static final String SAMPLES = "samples";
  public static final String MEAN_DW = "mean_dw";
  public static final String MEAN_DW2 = "mean_dw2";
  public static final String MEAN_DB = "mean_db";
  public static final String MEAN_DB2 = "mean_db2";

  public static final TableSchema SCHEMA =
      TableSchema.of(
          "layer_moments",
          1,
          """
          gradient_set_id STRING, layer INT, kind STRING, samples INT, mean_dw ARRAY<FLOAT>,
          mean_dw2 ARRAY<FLOAT>, mean_db ARRAY<FLOAT>, mean_db2 ARRAY<FLOAT>
          """,
          GRADIENT_SET_ID,
          LAYER);

  private LayerMomentsTable() {}
}
