package io.gradzoo.engine.gradient;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.AffineLayer;

/**
 * The best approximation of rank r to every sample gradient of a convolution: dW_n ≈ Σ_k l_k r_kᵀ
 * with l = √σ u and r = √σ v of the singular value decomposition of dW_n [out, in · kernel²]. Exact
 * where r reaches the rank, which is at most the number of positions. A pair's common sign is
 * arbitrary, as are rotations among equal singular values.
 *
 * @param rank r
 * @param left l, [samples, rank, out]; rows past the rank of the gradient are zero
 * @param right r, [samples, rank, in · kernel²]
 * @param biases db, [samples, out], exact
 * @param energy the share of ‖dW_n‖² that is kept, [samples]; 1 for a zero gradient
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record LowRankGradients(
    AffineLayer layer, int rank, float[] left, float[] right, float[] biases, float[] energy) {

  /**
   * Truncates full gradients.
   *
   * @param rank positive
   */
  public static LowRankGradients of(ConvolutionGradients gradients, int rank) {
    if (rank <= 0) {
      throw Fault.of("low-rank gradients of layer " + gradients.layer().index())
          .expected("a positive rank")
          .found(rank)
          .exception();
    }
    AffineLayer layer = gradients.layer();
    int samples = gradients.samples();
    LowRankGradients result =
        new LowRankGradients(
            layer,
            rank,
            new float[samples * rank * layer.out()],
            new float[samples * rank * layer.fanIn()],
            gradients.biases().clone(),
            new float[samples]);
    for (int n = 0; n < samples; n++) {
      result.truncate(gradients.weights(), n);
    }
    return result;
  }

  /** Number of samples. */
  public int samples() {
    return energy.length;
  }

  /** Writes one sample's approximate dW [out, in · kernel²] and then its db [out]. */
  public void sampleGradient(int sample, float[] target, int targetOffset) {
    int out = layer.out();
    int fanIn = layer.fanIn();
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < fanIn; i++) {
        double sum = 0;
        for (int k = sample * rank; k < (sample + 1) * rank; k++) {
          sum += (double) left[k * out + o] * right[k * fanIn + i];
        }
        target[targetOffset + o * fanIn + i] = (float) sum;
      }
    }
    System.arraycopy(biases, sample * out, target, targetOffset + out * fanIn, out);
  }

  private void truncate(float[] weights, int sample) {
    int out = layer.out();
    int fanIn = layer.fanIn();
    double[] matrix = new double[out * fanIn];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = weights[sample * matrix.length + i];
    }
    ThinSvd svd = ThinSvd.of(matrix, out, fanIn);
    double kept = 0;
    double whole = 0;
    for (int k = 0; k < svd.rank(); k++) {
      double square = svd.values()[k] * svd.values()[k];
      whole += square;
      if (k < rank) {
        kept += square;
        write(svd, k, sample * rank + k);
      }
    }
    energy[sample] = whole == 0 ? 1f : (float) (kept / whole);
  }

  private void write(ThinSvd svd, int k, int row) {
    double root = Math.sqrt(svd.values()[k]);
    for (int o = 0; o < layer.out(); o++) {
      left[row * layer.out() + o] = (float) (root * svd.left()[k * layer.out() + o]);
    }
    for (int i = 0; i < layer.fanIn(); i++) {
      right[row * layer.fanIn() + i] = (float) (root * svd.right()[k * layer.fanIn() + i]);
    }
  }
}
