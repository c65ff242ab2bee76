package io.gradzoo.jobs.table;

import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.transformer.TransformerLayer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Columns of {@code layer_moments}: one row for every gradient set and layer that has parameters;
 * means over the set's samples of the gradient and its square (the empirical Fisher diagonal), in
 * the layout of the layer's weights [out · in · kernel · kernel] and biases [out]. A LayerNorm has
 * its gain in place of weights and its offset in place of biases; an embedding has no biases.
 * {@code dw_shape} is the shape of the weights: [out, in, kernel, kernel], [out, in], a LayerNorm's
 * [width] or an embedding's [rows, width].
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
  public static final String DW_SHAPE = "dw_shape";

  public static final TableSchema SCHEMA =
      TableSchema.of(
              "layer_moments",
              2,
              """
gradient_set_id STRING, layer INT, kind STRING, samples INT, mean_dw ARRAY<FLOAT>,
mean_dw2 ARRAY<FLOAT>, mean_db ARRAY<FLOAT>, mean_db2 ARRAY<FLOAT>, dw_shape ARRAY<INT>
""",
              GRADIENT_SET_ID,
              LAYER)
          .withAdded(2, DW_SHAPE);

  private LayerMomentsTable() {}

  /**
   * A row: the moments of a set in a layer.
   *
   * @param kind linear, conv, layernorm or embedding
   * @param dwShape of the weights
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  public record MomentsRow(
      String gradientSetId,
      int layer,
      String kind,
      Integer samples,
      int[] dwShape,
      LayerMoments moments) {

    /** Of a layer of a network of dense and convolution layers. */
    public static MomentsRow of(String set, AffineLayer layer, int samples, LayerMoments moments) {
      String kind = layer.convolution() ? LayerFactorsTable.CONV : LayerFactorsTable.LINEAR;
      return new MomentsRow(set, layer.index(), kind, samples, WeightShape.of(layer), moments);
    }

    /** Of a stage of a transformer. */
    public static MomentsRow of(
        String set, TransformerLayer layer, String kind, int samples, LayerMoments moments) {
      return new MomentsRow(set, layer.index(), kind, samples, WeightShape.of(layer), moments);
    }

    /** Of a row of the table, in which what was not selected is null. */
    public static MomentsRow of(Row row) {
      Cells cells = new Cells(row);
      return new MomentsRow(
          cells.text(GRADIENT_SET_ID),
          cells.number(LAYER),
          cells.text(KIND),
          cells.integer(SAMPLES),
          cells.ints(DW_SHAPE),
          new LayerMoments(
              cells.floats(MEAN_DW),
              cells.floats(MEAN_DW2),
              cells.floats(MEAN_DB),
              cells.floats(MEAN_DB2)));
    }

    /** The row in the table's columns. */
    public Row toRow() {
      return RowFactory.create(
          gradientSetId,
          layer,
          kind,
          samples,
          moments.meanWeight(),
          moments.meanSquaredWeight(),
          moments.meanBias(),
          moments.meanSquaredBias(),
          dwShape);
    }
  }
}
