package io.gradzoo.engine.network;

/**
 * Target network of one sample in double, written as the definition reads: the oracle of the tests.
 * Everything is channel-major; gradients are central differences.
 */
public final class ReferenceNetwork {
  private static final double STEP = 1e-5;

  private final LayeredArchitecture architecture;
  private final double[][] masks;

  public ReferenceNetwork(LayeredArchitecture architecture) {
    this(architecture, null);
  }

  /**
   * @param masks factors after each hidden activation, channel-major, or null
   */
  ReferenceNetwork(LayeredArchitecture architecture, double[][] masks) {
    this.architecture = architecture;
    this.masks = masks;
  }

  public double[] outputs(double[] parameters, double[] x) {
    double[] a = x;
    Shape shape = architecture.input();
    int affine = 0;
    for (Layer layer : architecture.layers()) {
      if (layer instanceof Layer.GlobalAveragePool) {
        a = pool(shape, a);
        shape = Shape.flat(shape.channels());
        continue;
      }
      AffineLayer place = architecture.affineLayers().get(affine);
      a =
          layer instanceof Layer.Conv2d conv
              ? convolve(place, conv, parameters, a)
              : dense(place, parameters, a);
      shape = place.output();
      if (affine < architecture.affineLayers().size() - 1) {
        for (int i = 0; i < a.length; i++) {
          a[i] = activation(a[i]) * (masks == null ? 1 : masks[affine][i]);
        }
      }
      affine++;
    }
    return a;
  }

  /** Loss of one sample: the target is a label for cross-entropy, else the values wanted. */
  public double loss(Loss loss, double[] parameters, double[] x, int label, double[] values) {
    double[] f = outputs(parameters, x);
    if (loss == Loss.SOFTMAX_CROSS_ENTROPY) {
      double sum = 0;
      for (double output : f) {
        sum += Math.exp(output);
      }
      return Math.log(sum) - f[label];
    }
    double sum = 0;
    for (int i = 0; i < f.length; i++) {
      sum += (f[i] - values[i]) * (f[i] - values[i]);
    }
    return loss == Loss.HALF_SQUARED_ERROR ? sum / 2 : sum;
  }

  public double[] parameterGradient(
      Loss loss, double[] parameters, double[] x, int label, double[] values) {
    double[] gradient = new double[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      double old = parameters[i];
      parameters[i] = old + STEP;
      double above = loss(loss, parameters, x, label, values);
      parameters[i] = old - STEP;
      double below = loss(loss, parameters, x, label, values);
      parameters[i] = old;
      gradient[i] = (above - below) / (2 * STEP);
    }
    return gradient;
  }

  public double[] inputGradient(
      Loss loss, double[] parameters, double[] x, int label, double[] values) {
    double[] gradient = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double old = x[i];
      x[i] = old + STEP;
      double above = loss(loss, parameters, x, label, values);
      x[i] = old - STEP;
      double below = loss(loss, parameters, x, label, values);
      x[i] = old;
      gradient[i] = (above - below) / (2 * STEP);
    }
    return gradient;
  }

  private double activation(double u) {
    return switch (architecture.activation()) {
      case RELU -> Math.max(u, 0);
      case TANH -> Math.tanh(u);
      case SINE -> Math.sin(architecture.frequency() * u);
    };
  }

  private static double[] pool(Shape shape, double[] a) {
    double[] means = new double[shape.channels()];
    for (int c = 0; c < shape.channels(); c++) {
      for (int p = 0; p < shape.positions(); p++) {
        means[c] += a[c * shape.positions() + p] / shape.positions();
      }
    }
    return means;
  }

  private static double[] dense(AffineLayer layer, double[] parameters, double[] a) {
    double[] u = new double[layer.out()];
    for (int o = 0; o < layer.out(); o++) {
      u[o] = parameters[layer.biasOffset() + o];
      for (int i = 0; i < layer.in(); i++) {
        u[o] += parameters[layer.weightOffset() + o * layer.in() + i] * a[i];
      }
    }
    return u;
  }

  private static double[] convolve(
      AffineLayer layer, Layer.Conv2d conv, double[] parameters, double[] a) {
    Shape in = layer.input();
    Shape out = layer.output();
    int k = conv.kernel();
    double[] u = new double[out.size()];
    for (int o = 0; o < out.channels(); o++) {
      for (int y = 0; y < out.height(); y++) {
        for (int x = 0; x < out.width(); x++) {
          double sum = parameters[layer.biasOffset() + o];
          for (int c = 0; c < in.channels(); c++) {
            for (int i = 0; i < k; i++) {
              for (int j = 0; j < k; j++) {
                int row = y * conv.stride() + i - conv.padding();
                int column = x * conv.stride() + j - conv.padding();
                if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
                  int w = layer.weightOffset() + ((o * in.channels() + c) * k + i) * k + j;
                  sum += parameters[w] * a[(c * in.height() + row) * in.width() + column];
                }
              }
            }
          }
          u[(o * out.height() + y) * out.width() + x] = sum;
        }
      }
    }
    return u;
  }
}
