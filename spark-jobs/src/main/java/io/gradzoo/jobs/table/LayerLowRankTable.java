package io.gradzoo.jobs.table;

import io.gradzoo.engine.gradient.LowRankGradients;
import io.gradzoo.engine.network.AffineLayer;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Columns of {@code layer_lowrank}, which is written where the config asks for it: one row for
 * every input gradient set, convolution and chunk of samples. A sample's gradient is about the sum
 * over k of {@code left_k right_kᵀ}, {@code left_vectors} [samples, rank, out] and {@code
 * right_vectors} [samples, rank, in · kernel · kernel]; {@code dw_shape} is the gradient's, [out,
 * in, kernel, kernel]; {@code energy} [samples] is the share of its squared norm that is kept,
 * {@code db} [samples, out] the exact bias gradient.
 */
public final class LayerLowRankTable {
  public static final String GRADIENT_SET_ID = "gradient_set_id";
  public static final String LAYER = "layer";
  public static final String SAMPLE_OFFSET = "sample_offset";
  public static final String SAMPLES = "samples";
  public static final String RANK = "rank";
  public static final String LEFT_VECTORS = "left_vectors";
  public static final String RIGHT_VECTORS = "right_vectors";
  public static final String DB = "db";
  public static final String ENERGY = "energy";
  public static final String DW_SHAPE = "dw_shape";

  public static final TableSchema SCHEMA =
      TableSchema.of(
              "layer_lowrank",
              2,
              """
              gradient_set_id STRING, layer INT, sample_offset INT, samples INT, rank INT,
              left_vectors ARRAY<FLOAT>, right_vectors ARRAY<FLOAT>, db ARRAY<FLOAT>,
              energy ARRAY<FLOAT>, dw_shape ARRAY<INT>
              """,
              GRADIENT_SET_ID,
              LAYER,
              SAMPLE_OFFSET)
          .with(new TableSchema.ColumnChange(2, LEFT_VECTORS, "left", "`left`"))
          .with(new TableSchema.ColumnChange(2, RIGHT_VECTORS, "right", "`right`"))
          .withAdded(2, DW_SHAPE);

  private LayerLowRankTable() {}

  /**
   * A row: a convolution's truncated gradients of a chunk of a set's samples, or those of all
   * chunks joined.
   *
   * @param sampleOffset first sample of the chunk
   * @param rank pairs of vectors of a sample
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  public record LowRankRow(
      String gradientSetId,
      int layer,
      int sampleOffset,
      int samples,
      int rank,
      float[] left,
      float[] right,
      float[] db,
      float[] energy,
      int[] dwShape) {

    /** Of a chunk. */
    public static LowRankRow of(String set, int sampleOffset, LowRankGradients gradients) {
      AffineLayer layer = gradients.layer();
      return new LowRankRow(
          set,
          layer.index(),
          sampleOffset,
          gradients.energy().length,
          gradients.rank(),
          gradients.left(),
          gradients.right(),
          gradients.biases(),
          gradients.energy(),
          WeightShape.of(layer));
    }

    /**
     * A layer's rows of a set as one.
     *
     * @param chunks rows of the table, at least one, by sample offset
     */
    public static LowRankRow joined(List<Row> chunks) {
      Cells first = new Cells(chunks.get(0));
      float[] energy = ConcatenatedChunks.floats(chunks, ENERGY);
      return new LowRankRow(
          first.text(GRADIENT_SET_ID),
          first.number(LAYER),
          first.number(SAMPLE_OFFSET),
          energy.length,
          first.number(RANK),
          ConcatenatedChunks.floats(chunks, LEFT_VECTORS),
          ConcatenatedChunks.floats(chunks, RIGHT_VECTORS),
          ConcatenatedChunks.floats(chunks, DB),
          energy,
          first.ints(DW_SHAPE));
    }

    /** The row in the table's columns. */
    public Row toRow() {
      return RowFactory.create(
          gradientSetId, layer, sampleOffset, samples, rank, left, right, db, energy, dwShape);
    }
  }
}
