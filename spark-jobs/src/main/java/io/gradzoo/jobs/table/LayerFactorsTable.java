package io.gradzoo.jobs.table;

import io.gradzoo.engine.gradient.ConvolutionFactors;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.LayerGradients;
import io.gradzoo.engine.gradient.transformer.TokenGradients;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.Shape;
import io.gradzoo.engine.network.transformer.TransformerLayer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

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
 * <p>{@code a_shape}, {@code g_shape} and {@code dw_shape} are the shapes of one sample's a, g and
 * weight gradient, such as [in, height, width], [height, width, out] and [out, in, kernel, kernel]
 * of a convolution's maps; the first two are null where the column is.
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
  public static final String A_SHAPE = "a_shape";
  public static final String G_SHAPE = "g_shape";
  public static final String DW_SHAPE = "dw_shape";

  /** Value of {@link #KIND} for a dense layer. */
  public static final String LINEAR = "linear";

  /** Value of {@link #KIND} for a convolution. */
  public static final String CONV = "conv";

  /** Value of {@link #KIND} for a convolution's maps and signals. */
  public static final String CONV_MAPS = "conv_maps";

  public static final TableSchema SCHEMA =
      TableSchema.of(
              "layer_factors",
              3,
              """
gradient_set_id STRING, layer INT, kind STRING, sample_offset INT, samples INT, d_in INT,
d_out INT, a ARRAY<FLOAT>, g ARRAY<FLOAT>, dw ARRAY<FLOAT>, db ARRAY<FLOAT>,
tokens INT, in_space STRING, out_space STRING, ids ARRAY<INT>,
a_shape ARRAY<INT>, g_shape ARRAY<INT>, dw_shape ARRAY<INT>
""",
              GRADIENT_SET_ID,
              LAYER,
              SAMPLE_OFFSET)
          .withAdded(2, TOKENS, IN_SPACE, OUT_SPACE, IDS)
          .withAdded(3, A_SHAPE, G_SHAPE, DW_SHAPE);

  private LayerFactorsTable() {}

  /**
   * A row: a layer's gradients of a chunk of a set's samples.
   *
   * @param layer its place among the layers that have parameters
   * @param sampleOffset first sample of the chunk
   * @param samples in the chunk
   * @param cells the numbers
   * @param shapes of the numbers
   * @param stage what it joins
   */
  public record FactorsRow(
      String gradientSetId,
      int layer,
      int sampleOffset,
      int samples,
      FactorCells cells,
      Shapes shapes,
      LayerSignature stage) {

    /** Of a layer of a network of dense and convolution layers. */
    public static FactorsRow of(String set, int sampleOffset, LayerGradients gradients) {
      AffineLayer layer = gradients.layer();
      return new FactorsRow(
          set,
          layer.index(),
          sampleOffset,
          gradients.samples(),
          FactorCells.of(gradients),
          Shapes.of(layer, gradients),
          new LayerSignature(layer.in(), layer.out(), null, null, null));
    }

    /**
     * Of a stage of a transformer.
     *
     * @param tokens of every sample
     */
    public static FactorsRow of(
        String set, int sampleOffset, int tokens, TokenGradients gradients) {
      TransformerLayer layer = gradients.layer();
      FactorCells cells = FactorCells.of(gradients);
      return new FactorsRow(
          set,
          layer.index(),
          sampleOffset,
          gradients.sequences().size(),
          cells,
          new Shapes(
              cells.a() == null ? null : new int[] {tokens, layer.in().width()},
              new int[] {tokens, layer.out().width()},
              WeightShape.of(layer)),
          new LayerSignature(
              layer.in().width(),
              layer.out().width(),
              tokens,
              layer.in().name(),
              layer.out().name()));
    }

    /** The row in the table's columns. */
    public Row toRow() {
      return RowFactory.create(
          gradientSetId,
          layer,
          cells.kind(),
          sampleOffset,
          samples,
          stage.in,
          stage.out,
          cells.a(),
          cells.g(),
          cells.dw(),
          cells.db(),
          stage.tokens,
          stage.inSpace,
          stage.outSpace,
          cells.ids(),
          shapes.a,
          shapes.g,
          shapes.dw);
    }
  }

  /** Shapes of one sample's numbers; null where there are none. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Shapes(int[] a, int[] g, int[] dw) {
    static Shapes of(AffineLayer layer, LayerGradients gradients) {
      int[] dw = WeightShape.of(layer);
      if (gradients instanceof ConvolutionFactors) {
        Shape in = layer.input();
        Shape out = layer.output();
        return new Shapes(
            new int[] {in.channels(), in.height(), in.width()},
            new int[] {out.height(), out.width(), out.channels()},
            dw);
      }
      return gradients instanceof DenseFactors
          ? new Shapes(new int[] {layer.in()}, new int[] {layer.out()}, dw)
          : new Shapes(null, null, dw);
    }
  }

  /** Widths of a layer; {@code tokens} and spaces are null except for transformers. */
  record LayerSignature(int in, int out, Integer tokens, String inSpace, String outSpace) {}
}
