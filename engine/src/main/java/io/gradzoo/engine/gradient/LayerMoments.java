package io.gradzoo.engine.gradient;

/**
 * First and second moments of one layer's sample gradients over a set. The second are the diagonal
 * of the empirical Fisher matrix; positions of a convolution were summed before squaring.
 *
 * @param meanWeight mean of dW, [out, fan-in]
 * @param meanSquaredWeight mean of dW², [out, fan-in]
 * @param meanBias mean of db, [out]
 * @param meanSquaredBias mean of db², [out]
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record LayerMoments(
    float[] meanWeight, float[] meanSquaredWeight, float[] meanBias, float[] meanSquaredBias) {

  /** Sum of the mean squares: this layer's share of the Fisher trace. */
  public double trace() {
    double sum = 0;
    for (float value : meanSquaredWeight) {
      sum += value;
    }
    for (float value : meanSquaredBias) {
      sum += value;
    }
    return sum;
  }
}
