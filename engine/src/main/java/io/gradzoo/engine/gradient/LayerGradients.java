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

  /** Moments over the samples. */
  LayerMoments moments();
}
