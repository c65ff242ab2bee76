package io.gradzoo.jobs.table;

/**
 * Columns of {@code layer_factors}: one row for every gradient set and affine layer.
 *
 * <p>{@code kind} says which columns are filled, the others being null:
 *
 * <ul>
 *   <li>{@code linear}: the exact factors of a dense layer, {@code a} [samples, in] its inputs and
 *       {@code g} [samples, out] the signals; the gradient of sample n is {@code g_n a_nᵀ} and its
 *       bias gradient {@code g_n}.
 *   <li>{@code conv_maps}: the exact factors of a convolution, {@code a} [samples, in, height,
 *       width] its input maps and {@code g} [samples, positions, out] the signals at every output
 *       position, row by row.
 *   <li>{@code conv}: the full gradients of a convolution, positions summed, {@code dw} [samples,
 *       out · in · kernel · kernel] and {@code db} [samples, out]. At these sizes they take half
 *       the room of activation maps and signals, and they are exact in everything quadratic.
 * </ul>
 */
public final class LayerFactorsTable {
  public static final String GRADIENT_SET_ID = "gradient_set_id";
  public static final String LAYER = "layer";
  public static final String KIND = "kind";
  public static final String SAMPLE_OFFSET = "sample_offset";
  public static final String SAMPLES = "samples";
  public static final String D_IN = "d_in";
  public static final String D_OUT = "d_out";
  public static final String A = "a";
  public static final String G = "g";
  public static final String DW = "dw";
  public static final String DB = "db";

  /** Value of {@link #KIND} for a dense layer. */
  public static final String LINEAR = "linear";

  /** Value of {@link #KIND} for a convolution. */
  public static final String CONV = "conv";

  /** Value of {@link #KIND} for a convolution's maps and signals. */
  public static final String CONV_MAPS = "conv_maps";

  public static final TableSchema SCHEMA =
      TableSchema.of(
          "layer_factors",
          1,
          """
          gradient_set_id STRING, layer INT, kind STRING, sample_offset INT, samples INT, d_in INT,
          d_out INT, a ARRAY<FLOAT>, g ARRAY<FLOAT>, dw ARRAY<FLOAT>, db ARRAY<FLOAT>
          """,
          GRADIENT_SET_ID,
          LAYER,
          SAMPLE_OFFSET);

  private LayerFactorsTable() {}
}
