package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.gradient.ConvolutionFactors;
import io.gradzoo.engine.gradient.ConvolutionGradients;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.LayerGradients;
import io.gradzoo.engine.gradient.transformer.EmbeddingTokenFactors;
import io.gradzoo.engine.gradient.transformer.LinearTokenFactors;
import io.gradzoo.engine.gradient.transformer.NormalizationTokenFactors;
import io.gradzoo.engine.gradient.transformer.TokenGradients;
import io.gradzoo.jobs.table.LayerFactorsTable;

/**
 * What a row of {@code layer_factors} says of one layer and chunk; what the kind does not fill is
 * null.
 *
 * @param kind as the table names it
 * @param numbers columns a, g, dw and db
 * @param ids rows of a table that tokens read
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
record FactorCells(String kind, Numbers numbers, int[] ids) {

  /** The columns of floats. */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  record Numbers(float[] a, float[] g, float[] dw, float[] db) {}

  static FactorCells of(LayerGradients gradients) {
    if (gradients instanceof DenseFactors dense) {
      return factors(LayerFactorsTable.LINEAR, dense.inputs(), dense.signals());
    }
    if (gradients instanceof ConvolutionFactors maps) {
      return factors(LayerFactorsTable.CONV_MAPS, maps.maps(), maps.signals());
    }
    ConvolutionGradients full = (ConvolutionGradients) gradients;
    Numbers numbers = new Numbers(null, null, full.weights(), full.biases());
    return new FactorCells(LayerFactorsTable.CONV, numbers, null);
  }

  static FactorCells of(TokenGradients gradients) {
    if (gradients instanceof LinearTokenFactors linear) {
      return factors(linear.kind(), linear.inputs(), linear.signals());
    }
    if (gradients instanceof NormalizationTokenFactors norm) {
      return factors(norm.kind(), norm.normalized(), norm.signals());
    }
    EmbeddingTokenFactors table = (EmbeddingTokenFactors) gradients;
    Numbers numbers = new Numbers(null, table.signals(), null, null);
    return new FactorCells(table.kind(), numbers, table.rows());
  }

  private static FactorCells factors(String kind, float[] a, float[] g) {
    return new FactorCells(kind, new Numbers(a, g, null, null), null);
  }
}
