package io.gradzoo.jobs.table;

/**
 * Columns of {@code layer_lowrank}, which is written where the config asks for it: one row for
 * every input gradient set, convolution and chunk of samples. A sample's gradient is about the sum
 * over k of {@code left_k right_kᵀ}, {@code left} [samples, rank, out] and {@code right} [samples,
 * rank, in · kernel · kernel]; {@code energy} [samples] is the share of its squared norm that is
 * kept, {@code db} [samples, out] the exact bias gradient.
 */
public final class LayerLowRankTable {
  public static final String GRADIENT_SET_ID = "gradient_set_id";
  public static final String LAYER = "layer";
  public static final String SAMPLE_OFFSET = "sample_offset";
  public static final String SAMPLES = "samples";
  public static final String RANK = "rank";
  public static final String LEFT = "left";
  public static final String RIGHT = "right";
  public static final String DB = "db";
  public static final String ENERGY = "energy";

  public static final TableSchema SCHEMA =
      TableSchema.of(
          "layer_lowrank",
          1,
          """
          gradient_set_id STRING, layer INT, sample_offset INT, samples INT, rank INT,
          `left` ARRAY<FLOAT>, `right` ARRAY<FLOAT>, db ARRAY<FLOAT>, energy ARRAY<FLOAT>
          """,
          GRADIENT_SET_ID,
          LAYER,
          SAMPLE_OFFSET);

  private LayerLowRankTable() {}
}
