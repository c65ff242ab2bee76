package io.gradzoo.jobs.sql;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.ConvolutionFactors;
import io.gradzoo.engine.gradient.ConvolutionGradients;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.LayerGradients;
import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.jobs.table.LayerFactorsTable;
import java.util.Optional;

/** Functions of the gradients in a row of {@code layer_factors}. */
final class GradientFunctions {
  private GradientFunctions() {}

  /**
   * The gradients of a row; empty if a column that they need is null.
   *
   * @param function name of the function, for messages
   * @throws io.gradzoo.jobs.GradzooException exit code 3 if the columns do not belong together
   */
  static Optional<LayerGradients> of(
      String function,
      Object architecture,
      Object layer,
      Object kind,
      Object a,
      Object g,
      Object dw,
      Object db) {
    if (architecture == null || layer == null || kind == null) {
      return Optional.empty();
    }
    return Arguments.checked(
        function,
        () -> {
          AffineLayer affine = Arguments.layer(Arguments.architecture(architecture), layer);
          return switch (Arguments.text(kind)) {
            case LayerFactorsTable.LINEAR ->
                both(a, g).map(x -> new DenseFactors(affine, x[0], x[1]));
            case LayerFactorsTable.CONV_MAPS ->
                both(a, g).map(x -> new ConvolutionFactors(affine, x[0], x[1]));
            case LayerFactorsTable.CONV ->
                both(dw, db).map(x -> new ConvolutionGradients(affine, x[0], x[1]));
            default ->
                throw Fault.here()
                    .expected("a kind of a dense or convolution layer")
                    .found("\"%s\"", kind)
                    .exception();
          };
        });
  }

  private static Optional<float[][]> both(Object first, Object second) {
    return first == null || second == null
        ? Optional.empty()
        : Optional.of(new float[][] {Arguments.floats(first), Arguments.floats(second)});
  }

  /** ‖∇ loss_n‖ in the layer, [samples]. */
  static double[] norms(LayerGradients gradients) {
    double[] norms = new double[gradients.samples()];
    for (int n = 0; n < norms.length; n++) {
      norms[n] = Math.sqrt(gradients.product(n, n));
    }
    return norms;
  }

  /** The mean gradient, of the weights and then of the biases. */
  static float[] mean(LayerGradients gradients) {
    LayerMoments moments = gradients.moments();
    return joined(moments.meanWeight(), moments.meanBias());
  }

  /** The mean squared gradient, of the weights and then of the biases. */
  static float[] fisherDiagonal(LayerGradients gradients) {
    LayerMoments moments = gradients.moments();
    return joined(moments.meanSquaredWeight(), moments.meanSquaredBias());
  }

  private static float[] joined(float[] weights, float[] biases) {
    float[] all = new float[weights.length + biases.length];
    System.arraycopy(weights, 0, all, 0, weights.length);
    System.arraycopy(biases, 0, all, weights.length, biases.length);
    return all;
  }
}
