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
}
