package io.gradzoo.engine.gradient;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.network.AffineLayer;

/**
 * Factors of a dense layer's sample gradients: dW_n = g_n a_nᵀ and db_n = g_n (GradMetaNet, §3).
 *
 * @param inputs a, [samples, in]
 * @param signals g = ∂ loss_n / ∂u, [samples, out]
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record DenseFactors(AffineLayer layer, float[] inputs, float[] signals)
    implements LayerGradients {
  /** Numbers between these have squares, and sums of products of squares, in float32's range. */
  private static final float SMALL = 0x1p-24f;

  private static final float LARGE = 0x1p24f;

  public DenseFactors {
    if (layer.convolution()) {
      throw Fault.of("factors of layer " + layer.index())
          .expected("a dense layer")
          .found("a convolution")
          .exception();
    }
    int samples = inputs.length / layer.in();
    if (inputs.length != samples * layer.in() || signals.length != samples * layer.out()) {
      throw Fault.of("factors of layer " + layer.index())
          .expected("samples of " + layer.in() + " inputs and " + layer.out() + " signals")
          .found(inputs.length + " and " + signals.length + " numbers")
          .exception();
    }
  }

  @Override
  public int samples() {
    return inputs.length / layer.in();
  }

  @Override
  public void sampleGradient(int sample, float[] target, int targetOffset) {
    int in = layer.in();
    int out = layer.out();
    for (int o = 0; o < out; o++) {
      float g = signals[sample * out + o];
      int row = targetOffset + o * in;
      for (int i = 0; i < in; i++) {
        target[row + i] = g * inputs[sample * in + i];
      }
      target[targetOffset + out * in + o] = g;
    }
  }

  /** (g_n · g_m)(1 + a_n · a_m). */
  @Override
  public double product(int n, int m) {
    return dot(signals, layer.out(), n, m) * (1 + dot(inputs, layer.in(), n, m));
  }

  /**
   * E[dW] = E[g aᵀ] and E[dW²] = E[g² (a²)ᵀ], squares elementwise: no sample gradient is formed.
   * Factors whose squares float32 cannot hold are brought near 1 first, by powers of two.
   */
  @Override
  public LayerMoments moments() {
    int ofInputs = exponent(inputs);
    int ofSignals = exponent(signals);
    if (ofInputs == 0 && ofSignals == 0) {
      return moments(0, 0);
    }
    return new DenseFactors(layer, scaled(inputs, -ofInputs), scaled(signals, -ofSignals))
        .moments(ofInputs, ofSignals);
  }

  /** The exponent of the largest number; 0 if squares of such numbers keep their digits. */
  private static int exponent(float[] numbers) {
    float largest = 0;
    for (float number : numbers) {
      largest = Math.max(largest, Math.abs(number));
    }
    boolean fit = largest == 0 || (largest > SMALL && largest < LARGE) || !Float.isFinite(largest);
    return fit ? 0 : Math.getExponent(largest);
  }

  private static float[] scaled(float[] numbers, int exponent) {
    if (exponent == 0) {
      return numbers;
    }
    float[] scaled = new float[numbers.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = Math.scalb(numbers[i], exponent);
    }
    return scaled;
  }

  /** The moments of these inputs times {@code 2^ofInputs} and signals times {@code 2^ofSignals}. */
  private LayerMoments moments(int ofInputs, int ofSignals) {
    int count = layer.weightCount();
    int out = layer.out();
    MomentSums of = new MomentSums(count, out);
    float[] squaredInputs = new float[inputs.length];
    float[] squaredSignals = new float[signals.length];
    of.kernels.product(inputs, 0, inputs, 0, squaredInputs, 0, inputs.length);
    of.kernels.product(signals, 0, signals, 0, squaredSignals, 0, signals.length);
    for (int first = 0; first < samples(); first += MomentSums.BLOCK) {
      int rows = Math.min(MomentSums.BLOCK, samples() - first);
      addProducts(of.kernels, first, rows, signals, inputs, of.sums);
      addProducts(of.kernels, first, rows, squaredSignals, squaredInputs, of.squares);
      of.kernels.addColumnSums(rows, out, signals, first * out, of.sums, count);
      of.kernels.addColumnSums(rows, out, squaredSignals, first * out, of.squares, count);
      of.endBlock(rows);
    }
    return of.moments(ofInputs + ofSignals, ofSignals);
  }

  /** sums [out, in] += Σ over rows of g aᵀ. */
  private void addProducts(
      Kernels kernels, int first, int rows, float[] g, float[] a, float[] sums) {
    int in = layer.in();
    int out = layer.out();
    kernels.transposedMultiplyAdd(
        out, in, rows, g, first * out, out, a, first * in, in, sums, 0, in);
  }

  /** K-FAC's A = mean of a aᵀ, [in, in]. */
  public float[] inputCovariance() {
    return covariance(inputs, layer.in());
  }

  /** K-FAC's G = mean of g gᵀ, [out, out]. */
  public float[] signalCovariance() {
    return covariance(signals, layer.out());
  }

  private float[] covariance(float[] x, int width) {
    float[] result = new float[width * width];
    var kernels = CpuKernels.best();
    kernels.transposedMultiplyAdd(
        width, width, samples(), x, 0, width, x, 0, width, result, 0, width);
    kernels.scale(1f / samples(), result, 0, result, 0, result.length);
    return result;
  }

  private static double dot(float[] x, int width, int n, int m) {
    double sum = 0;
    for (int i = 0; i < width; i++) {
      sum += (double) x[n * width + i] * x[m * width + i];
    }
    return sum;
  }
}
