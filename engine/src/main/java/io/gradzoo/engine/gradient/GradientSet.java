package io.gradzoo.engine.gradient;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.List;

/**
 * Exact per-sample gradients of one network on a probe set, with their moments. Signals are per
 * sample (no 1/n), without dropout and without the L2 penalty.
 *
 * @param values the differentiated number of each sample, [samples]: its loss
 * @param layers one per affine layer
 * @param moments one per affine layer
 * @param discrepancy how far the mean of the sample gradients is from a batch gradient that was
 *     computed separately: per layer and for weights and biases apart, the largest difference
 *     relative to the largest root mean square of a sample gradient; the worst of them
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record GradientSet(
    LayeredArchitecture architecture,
    float[] values,
    List<LayerGradients> layers,
    List<LayerMoments> moments,
    double discrepancy) {
  public GradientSet {
    layers = List.copyOf(layers);
    moments = List.copyOf(moments);
  }

  /**
   * A set of sample gradients.
   *
   * @param batchGradient their mean, computed separately
   */
  static GradientSet of(SampleGradients gradients, float[] batchGradient) {
    List<LayerMoments> moments = gradients.layers().stream().map(LayerGradients::moments).toList();
    return new GradientSet(
        gradients.architecture(),
        gradients.values(),
        gradients.layers(),
        moments,
        discrepancy(gradients.layers(), moments, batchGradient));
  }

  /** Number of samples. */
  public int samples() {
    return values.length;
  }

  /** One sample's whole gradient, in the parameters' layout. */
  public float[] sampleGradient(int sample) {
    float[] gradient = new float[architecture.parameterCount()];
    for (LayerGradients layer : layers) {
      layer.sampleGradient(sample, gradient, layer.layer().weightOffset());
    }
    return gradient;
  }

  /** Mean gradient, in the parameters' layout. */
  public float[] meanGradient() {
    float[] mean = new float[architecture.parameterCount()];
    for (AffineLayer layer : architecture.affineLayers()) {
      LayerMoments of = moments.get(layer.index());
      System.arraycopy(of.meanWeight(), 0, mean, layer.weightOffset(), layer.weightCount());
      System.arraycopy(of.meanBias(), 0, mean, layer.biasOffset(), layer.out());
    }
    return mean;
  }

  /** Diagonal of the empirical Fisher matrix, in the parameters' layout. */
  public float[] empiricalFisherDiagonal() {
    float[] diagonal = new float[architecture.parameterCount()];
    for (AffineLayer layer : architecture.affineLayers()) {
      LayerMoments of = moments.get(layer.index());
      int at = layer.weightOffset();
      System.arraycopy(of.meanSquaredWeight(), 0, diagonal, at, layer.weightCount());
      System.arraycopy(of.meanSquaredBias(), 0, diagonal, layer.biasOffset(), layer.out());
    }
    return diagonal;
  }

  /** Trace of the empirical Fisher matrix: the mean squared norm of a sample gradient. */
  public double trace() {
    double sum = 0;
    for (double norm : squaredNorms()) {
      sum += norm;
    }
    return sum / samples();
  }

  /** ‖gradient‖² of each sample, without forming it for dense layers. */
  public double[] squaredNorms() {
    double[] norms = new double[samples()];
    for (LayerGradients layer : layers) {
      for (int n = 0; n < norms.length; n++) {
        norms[n] += layer.product(n, n);
      }
    }
    return norms;
  }

  /** Gram matrix ⟨gradient n, gradient m⟩: [samples, samples]. */
  public double[] gram() {
    int count = samples();
    double[] gram = new double[count * count];
    for (LayerGradients layer : layers) {
      for (int n = 0; n < count; n++) {
        for (int m = 0; m <= n; m++) {
          gram[n * count + m] += layer.product(n, m);
        }
      }
    }
    for (int n = 0; n < count; n++) {
      for (int m = 0; m < n; m++) {
        gram[m * count + n] = gram[n * count + m];
      }
    }
    return gram;
  }

  private static double discrepancy(
      List<LayerGradients> gradients, List<LayerMoments> moments, float[] batchGradient) {
    double worst = 0;
    for (LayerGradients layer : gradients) {
      worst =
          Math.max(worst, discrepancy(layer, moments.get(layer.layer().index()), batchGradient));
    }
    return worst;
  }

  private static double discrepancy(
      LayerGradients gradients, LayerMoments moments, float[] batchGradient) {
    AffineLayer layer = gradients.layer();
    int weights = layer.weightCount();
    boolean exact =
        BatchDifference.tellsSize(moments.meanSquaredWeight())
            && BatchDifference.tellsSize(moments.meanSquaredBias());
    double[] squares = exact ? null : meanSquares(gradients);
    BatchDifference ofWeights = new BatchDifference(gradients.samples());
    for (int i = 0; i < weights; i++) {
      double square = exact ? moments.meanSquaredWeight()[i] : squares[i];
      ofWeights.add(moments.meanWeight()[i], square, batchGradient[layer.weightOffset() + i]);
    }
    BatchDifference ofBiases = new BatchDifference(gradients.samples());
    for (int i = 0; i < layer.out(); i++) {
      double square = exact ? moments.meanSquaredBias()[i] : squares[weights + i];
      ofBiases.add(moments.meanBias()[i], square, batchGradient[layer.biasOffset() + i]);
    }
    return Math.max(ofWeights.relative(), ofBiases.relative());
  }

  /** Mean squares of a layer's sample gradients in double: weights, then biases. */
  private static double[] meanSquares(LayerGradients gradients) {
    AffineLayer layer = gradients.layer();
    float[] gradient = new float[layer.weightCount() + layer.out()];
    double[] squares = new double[gradient.length];
    for (int n = 0; n < gradients.samples(); n++) {
      gradients.sampleGradient(n, gradient, 0);
      for (int i = 0; i < squares.length; i++) {
        squares[i] += (double) gradient[i] * gradient[i] / gradients.samples();
      }
    }
    return squares;
  }
}
