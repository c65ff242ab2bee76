package io.gradzoo.engine.gradient;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.Layer;

/**
 * Exact factors of a convolution's sample gradients: its input maps and the signal at every output
 * position. dW_n = Σ over positions of g (patch)ᵀ, db_n = Σ g.
 *
 * @param maps a, [samples, in, height, width]
 * @param signals g = ∂ loss_n / ∂u, [samples, positions, out]
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record ConvolutionFactors(AffineLayer layer, float[] maps, float[] signals)
    implements LayerGradients {
  public ConvolutionFactors {
    if (!layer.convolution()) {
      throw Fault.of("maps of layer " + layer.index())
          .expected("a convolution")
          .found("a dense layer")
          .exception();
    }
    int samples = maps.length / layer.input().size();
    if (maps.length != samples * layer.input().size()
        || signals.length != samples * layer.output().size()) {
      throw Fault.of("maps of layer " + layer.index())
          .expected(
              "samples of "
                  + layer.input().size()
                  + " inputs and "
                  + layer.output().size()
                  + " signals")
          .found(maps.length + " and " + signals.length + " numbers")
          .exception();
    }
  }

  @Override
  public int samples() {
    return maps.length / layer.input().size();
  }

  /** Output positions. */
  public int positions() {
    return layer.output().positions();
  }

  /**
   * Writes what one output position of a sample sees, [in, kernel, kernel], zero in the padding.
   *
   * @param position y · output width + x
   */
  public void patch(int sample, int position, double[] target, int targetOffset) {
    Layer.Conv2d convolution = (Layer.Conv2d) layer.layer();
    int height = layer.input().height();
    int width = layer.input().width();
    int kernel = layer.kernel();
    int top = position / layer.output().width() * convolution.stride() - convolution.padding();
    int left = position % layer.output().width() * convolution.stride() - convolution.padding();
    int to = targetOffset;
    for (int c = 0; c < layer.in(); c++) {
      int map = (sample * layer.in() + c) * height * width;
      for (int y = top; y < top + kernel; y++) {
        for (int x = left; x < left + kernel; x++, to++) {
          boolean inside = y >= 0 && y < height && x >= 0 && x < width;
          target[to] = inside ? maps[map + y * width + x] : 0;
        }
      }
    }
  }

  @Override
  public void sampleGradient(int sample, float[] target, int targetOffset) {
    double[] gradient = contraction(sample);
    for (int i = 0; i < gradient.length; i++) {
      target[targetOffset + i] = (float) gradient[i];
    }
  }

  @Override
  public double product(int n, int m) {
    double[] first = contraction(n);
    double[] second = contraction(m);
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += first[i] * second[i];
    }
    return sum;
  }

  @Override
  public LayerMoments moments() {
    int count = layer.weightCount();
    float[] weights = new float[samples() * count];
    float[] biases = new float[samples() * layer.out()];
    float[] gradient = new float[count + layer.out()];
    for (int n = 0; n < samples(); n++) {
      sampleGradient(n, gradient, 0);
      System.arraycopy(gradient, 0, weights, n * count, count);
      System.arraycopy(gradient, count, biases, n * layer.out(), layer.out());
    }
    return new ConvolutionGradients(layer, weights, biases).moments();
  }

  /** dW [out, fan-in], then db [out], positions summed. */
  private double[] contraction(int sample) {
    int fanIn = layer.fanIn();
    int out = layer.out();
    double[] patch = new double[fanIn];
    double[] gradient = new double[out * fanIn + out];
    for (int t = 0; t < positions(); t++) {
      patch(sample, t, patch, 0);
      for (int o = 0; o < out; o++) {
        double g = signals[(sample * positions() + t) * out + o];
        for (int i = 0; i < fanIn; i++) {
          gradient[o * fanIn + i] += g * patch[i];
        }
        gradient[out * fanIn + o] += g;
      }
    }
    return gradient;
  }
}
