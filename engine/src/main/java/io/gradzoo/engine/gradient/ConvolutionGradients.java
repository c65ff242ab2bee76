package io.gradzoo.engine.gradient;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.AffineLayer;

/**
 * Full sample gradients of a convolution, dW_n = Σ over positions of g (patch)ᵀ: smaller than the
 * exact factors for the networks of a zoo, and not of rank one.
 *
 * @param weights dW, [samples, out, in, kernel, kernel]
 * @param biases db, [samples, out]
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record ConvolutionGradients(AffineLayer layer, float[] weights, float[] biases)
    implements LayerGradients {
  public ConvolutionGradients {
    int samples = biases.length / layer.out();
    if (biases.length != samples * layer.out() || weights.length != samples * layer.weightCount()) {
      throw Fault.of("gradients of layer " + layer.index())
          .expected("samples of " + layer.weightCount() + " weights and " + layer.out() + " biases")
          .found(weights.length + " and " + biases.length + " numbers")
          .exception();
    }
  }

  @Override
  public int samples() {
    return biases.length / layer.out();
  }

  @Override
  public void sampleGradient(int sample, float[] target, int targetOffset) {
    int count = layer.weightCount();
    int out = layer.out();
    System.arraycopy(weights, sample * count, target, targetOffset, count);
    System.arraycopy(biases, sample * out, target, targetOffset + count, out);
  }

  @Override
  public double product(int n, int m) {
    return dot(weights, layer.weightCount(), n, m) + dot(biases, layer.out(), n, m);
  }

  @Override
  public LayerMoments moments() {
    int count = layer.weightCount();
    int out = layer.out();
    MomentSums of = new MomentSums(count, out);
    for (int first = 0; first < samples(); first += MomentSums.BLOCK) {
      int end = Math.min(samples(), first + MomentSums.BLOCK);
      for (int n = first; n < end; n++) {
        of.kernels.add(weights, n * count, of.sums, 0, count);
        of.kernels.add(biases, n * out, of.sums, count, out);
        of.kernels.addProduct(weights, n * count, weights, n * count, of.squares, 0, count);
        of.kernels.addProduct(biases, n * out, biases, n * out, of.squares, count, out);
      }
      of.endBlock(end - first);
    }
    return of.moments();
  }

  private static double dot(float[] x, int width, int n, int m) {
    double sum = 0;
    for (int i = 0; i < width; i++) {
      sum += (double) x[n * width + i] * x[m * width + i];
    }
    return sum;
  }
}
