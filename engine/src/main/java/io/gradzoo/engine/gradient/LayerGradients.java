package io.gradzoo.engine.gradient;

import io.gradzoo.engine.network.AffineLayer;

/** Exact gradients of every sample of a set in one affine layer. */
public sealed interface LayerGradients
    permits DenseFactors, ConvolutionGradients, ConvolutionFactors {

  AffineLayer layer();

  /** Number of samples. */
  int samples();

  /**
   * Writes one sample's dW [out, fan-in] and then db [out]: the layer's stretch of the flat
   * gradient.
   */
  void sampleGradient(int sample, float[] target, int targetOffset);

  /** ⟨gradient of sample n, gradient of sample m⟩ in this layer, summed in double. */
  double product(int n, int m);

  /** Moments over the samples, summed in double. */
  default LayerMoments moments() {
    int weights = layer().weightCount();
    int numbers = weights + layer().out();
    float[] gradient = new float[numbers];
    double[] sums = new double[numbers];
    double[] squares = new double[numbers];
    for (int sample = 0; sample < samples(); sample++) {
      sampleGradient(sample, gradient, 0);
      for (int i = 0; i < numbers; i++) {
        double value = gradient[i];
        sums[i] += value;
        squares[i] += value * value;
      }
    }
    return new LayerMoments(
        mean(sums, 0, weights),
        mean(squares, 0, weights),
        mean(sums, weights, numbers),
        mean(squares, weights, numbers));
  }

  private float[] mean(double[] sums, int from, int to) {
    float[] means = new float[to - from];
    for (int i = from; i < to; i++) {
      means[i - from] = (float) (sums[i] / samples());
    }
    return means;
  }
}
