package io.gradzoo.engine.gradient;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.function.BiConsumer;

/**
 * A layer's factors as the rows that Kronecker-factored curvature is made of, in double: ū = (a,
 * 1), so that the bias is one more column of the weight, and g. A dense layer has one row per
 * sample, a convolution one per output position (the patch under the kernel); a sample's gradient
 * is Σ over its rows of g ūᵀ.
 *
 * @param positions rows per sample
 * @param inputs ū, [samples · positions, fan-in + 1]
 * @param signals g, [samples · positions, out]
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
record KroneckerRows(
    AffineLayer layer, int samples, int positions, double[] inputs, double[] signals) {

  /**
   * A diagonal of the whole network from one layer's after the other.
   *
   * @param what names the diagonal in errors
   * @param diagonal writes a layer's diagonal, [out, fan-in + 1]
   * @throws IllegalArgumentException if a layer has no factors
   */
  static float[] flat(
      String what,
      LayeredArchitecture architecture,
      Iterable<? extends LayerGradients> layers,
      BiConsumer<KroneckerRows, double[]> diagonal) {
    float[] flat = new float[architecture.parameterCount()];
    for (LayerGradients gradients : layers) {
      AffineLayer layer = gradients.layer();
      int width = layer.fanIn() + 1;
      double[] ofLayer = new double[layer.out() * width];
      diagonal.accept(of(what, architecture, gradients), ofLayer);
      for (int o = 0; o < layer.out(); o++) {
        int row = layer.weightOffset() + o * layer.fanIn();
        for (int i = 0; i < layer.fanIn(); i++) {
          flat[row + i] = (float) ofLayer[o * width + i];
        }
        flat[layer.biasOffset() + o] = (float) ofLayer[o * width + width - 1];
      }
    }
    return flat;
  }

  /** ū's length. */
  int width() {
    return layer.fanIn() + 1;
  }

  int rows() {
    return samples * positions;
  }

  private static KroneckerRows of(
      String what, LayeredArchitecture architecture, LayerGradients gradients) {
    if (gradients instanceof DenseFactors dense) {
      return of(dense);
    }
    if (gradients instanceof ConvolutionFactors convolution) {
      return of(convolution);
    }
    throw Fault.of(what)
        .at("layer " + gradients.layer().index() + " of " + architecture)
        .expected("factors")
        .found("a convolution's summed gradients")
        .fix("extract with ConvolutionForm.FACTORS")
        .exception();
  }

  private static KroneckerRows of(DenseFactors dense) {
    AffineLayer layer = dense.layer();
    int width = layer.in() + 1;
    double[] inputs = new double[dense.samples() * width];
    for (int n = 0; n < dense.samples(); n++) {
      for (int i = 0; i < layer.in(); i++) {
        inputs[n * width + i] = dense.inputs()[n * layer.in() + i];
      }
      inputs[n * width + layer.in()] = 1;
    }
    return new KroneckerRows(layer, dense.samples(), 1, inputs, toDouble(dense.signals()));
  }

  private static KroneckerRows of(ConvolutionFactors convolution) {
    AffineLayer layer = convolution.layer();
    int width = layer.fanIn() + 1;
    int positions = convolution.positions();
    double[] inputs = new double[convolution.samples() * positions * width];
    for (int row = 0; row < convolution.samples() * positions; row++) {
      convolution.patch(row / positions, row % positions, inputs, row * width);
      inputs[row * width + layer.fanIn()] = 1;
    }
    double[] signals = toDouble(convolution.signals());
    return new KroneckerRows(layer, convolution.samples(), positions, inputs, signals);
  }

  private static double[] toDouble(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i];
    }
    return result;
  }
}
