package io.gradzoo.jobs.table;

import io.gradzoo.engine.gradient.ConvolutionFactors;
import io.gradzoo.engine.gradient.ConvolutionGradients;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.LayerGradients;
import io.gradzoo.engine.gradient.transformer.EmbeddingTokenFactors;
import io.gradzoo.engine.gradient.transformer.LinearTokenFactors;
import io.gradzoo.engine.gradient.transformer.NormalizationTokenFactors;
import io.gradzoo.engine.gradient.transformer.TokenGradients;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * What {@code layer_factors} says of the gradients of one layer, of a chunk of a set or of all its
 * chunks; columns that the kind does not fill, or that were not selected, are null.
 *
 * @param kind as the table names it
 * @param a inputs, maps, or what is normalised
 * @param g signals
 * @param dw full gradients of a convolution's weights
 * @param db of its biases
 * @param ids rows of a table that tokens read
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record FactorCells(String kind, float[] a, float[] g, float[] dw, float[] db, int[] ids) {

  /** Of a layer of a network of dense and convolution layers. */
  public static FactorCells of(LayerGradients gradients) {
    if (gradients instanceof DenseFactors dense) {
      return factors(LayerFactorsTable.LINEAR, dense.inputs(), dense.signals());
    }
    if (gradients instanceof ConvolutionFactors maps) {
      return factors(LayerFactorsTable.CONV_MAPS, maps.maps(), maps.signals());
    }
    ConvolutionGradients full = (ConvolutionGradients) gradients;
    return new FactorCells(LayerFactorsTable.CONV, null, null, full.weights(), full.biases(), null);
  }

  /** Of a stage of a transformer. */
  public static FactorCells of(TokenGradients gradients) {
    if (gradients instanceof LinearTokenFactors linear) {
      return factors(linear.kind(), linear.inputs(), linear.signals());
    }
    if (gradients instanceof NormalizationTokenFactors norm) {
      return factors(norm.kind(), norm.normalized(), norm.signals());
    }
    EmbeddingTokenFactors table = (EmbeddingTokenFactors) gradients;
    return new FactorCells(table.kind(), null, table.signals(), null, null, table.rows());
  }

  /**
   * Of the rows of one layer in a set, joined.
   *
   * @param chunks rows of the table, by sample offset
   */
  public static FactorCells joined(List<Row> chunks) {
    return new FactorCells(
        chunks.isEmpty() ? null : new Cells(chunks.get(0)).text(LayerFactorsTable.KIND),
        ConcatenatedChunks.floats(chunks, LayerFactorsTable.A),
        ConcatenatedChunks.floats(chunks, LayerFactorsTable.G),
        ConcatenatedChunks.floats(chunks, LayerFactorsTable.DW),
        ConcatenatedChunks.floats(chunks, LayerFactorsTable.DB),
        ConcatenatedChunks.ints(chunks, LayerFactorsTable.IDS));
  }

  private static FactorCells factors(String kind, float[] a, float[] g) {
    return new FactorCells(kind, a, g, null, null, null);
  }
}
