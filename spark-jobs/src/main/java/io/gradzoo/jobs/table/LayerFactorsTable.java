package io.gradzoo.jobs.table;

/**
 * Columns of {@code layer_factors}: one row for every gradient set and layer that has parameters.
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
 *
 * <p>Of a transformer {@code tokens} T, {@code in_space} and {@code out_space} are filled, the
 * names of the neurons that a stage joins, and a sample's gradient is a sum over its tokens:
 *
 * <ul>
 *   <li>{@code linear}: {@code a} [samples, T, in] and {@code g} [samples, T, out].
 *   <li>{@code layernorm}: {@code a} [samples, T, width] what is normalised, before the gain, and
 *       {@code g} likewise; the gradient of the gain is the sum of {@code g ⊙ a}, of the offset
 *       that of {@code g}.
 *   <li>{@code embedding}: {@code ids} [samples, T] which row of the table [in, out] a token reads,
 *       and {@code g} [samples, T, out]; the gradient of a row is the sum over its readers.
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
  public static final String TOKENS = "tokens";
  public static final String IN_SPACE = "in_space";
  public static final String OUT_SPACE = "out_space";
  public static final String IDS = "ids";

  /** Value of {@link #KIND} for a dense layer. */
  public static final String LINEAR = "linear";

  /** Value of {@link #KIND} for a convolution. */
  public static final String CONV = "conv";

  /** Value of {@link #KIND} for a convolution's maps and signals. */
  public static final String CONV_MAPS = "conv_maps";

  public static final TableSchema SCHEMA =
      TableSchema.of(
              "layer_factors",
              2,
              """
          gradient_set_id STRING, layer INT, kind STRING, sample_offset INT, samples INT, d_in INT,
          d_out INT, a ARRAY<FLOAT>, g ARRAY<FLOAT>, dw ARRAY<FLOAT>, db ARRAY<FLOAT>,
          tokens INT, in_space STRING, out_space STRING, ids ARRAY<INT>
          """,
              GRADIENT_SET_ID,
              LAYER,
              SAMPLE_OFFSET)
          .withAdded(TOKENS, "CAST(NULL AS INT)")
          .withAdded(IN_SPACE, "CAST(NULL AS STRING)")
          .withAdded(OUT_SPACE, "CAST(NULL AS STRING)")
          .withAdded(IDS, "CAST(NULL AS ARRAY<INT>)");

  private LayerFactorsTable() {}
}
