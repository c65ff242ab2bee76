package io.gradzoo.engine.network;

import java.util.SplittableRandom;

/**
 * Distribution of a target network's weights before training, as Keras defines it; biases are zero,
 * but for {@link #SIREN}. The fans of a convolution are in · kernel² and out · kernel².
 */
public enum Initializer {
  /**
   * Truncated normal of variance 2 / (fan-in + fan-out): drawn within two standard deviations of a
   * normal widened by 1 / 0.8796, so that the variance is met after the truncation.
   */
  GLOROT_NORMAL,
  /** The same with variance 2 / fan-in. */
  HE_NORMAL,
  /**
   * [fan-in, out] matrix with orthonormal columns, or rows where it is wide: the orthogonal factor,
   * of positive diagonal, of a Gaussian matrix.
   */
  ORTHOGONAL,
  /** Normal with the scale as its standard deviation. */
  NORMAL,
  /** Normal with the scale as its standard deviation, redrawn beyond two of them. */
  TRUNCATED_NORMAL,
  /**
   * That of SIREN (Sitzmann et al. 2020, §3.2): uniform within ±√(6 / fan-in), divided by the
   * frequency of a sine network, and within ±1 / fan-in in its first layer; biases within ±1 /
   * √fan-in.
   */
  SIREN;

  /** Standard deviation of a unit normal truncated at ±2. */
  private static final double TRUNCATED_DEVIATION = 0.8796256610342398;

  /**
   * Parameters of a fresh network; a function of the arguments alone.
   *
   * @param scale standard deviation, used by {@link #NORMAL} and {@link #TRUNCATED_NORMAL} only
   * @return flat parameter vector
   */
  public float[] parameters(LayeredArchitecture architecture, double scale, long seed) {
    return parameters(architecture, scale, RandomStream.PARAMETERS.random(seed, 0));
  }

  /** The same from a stream of random numbers. */
  float[] parameters(LayeredArchitecture architecture, double scale, SplittableRandom random) {
    float[] parameters = new float[architecture.parameterCount()];
    for (AffineLayer layer : architecture.affineLayers()) {
      SplittableRandom own = random.split();
      if (this == SIREN) {
        siren(architecture, layer, own, parameters);
      } else {
        fill(WeightMatrix.of(layer), scale, own, parameters);
      }
    }
    return parameters;
  }

  private static void siren(
      LayeredArchitecture architecture,
      AffineLayer layer,
      SplittableRandom random,
      float[] parameters) {
    double frequency = architecture.activation() == Activation.SINE ? architecture.frequency() : 1;
    double bound =
        layer.index() == 0 ? 1.0 / layer.fanIn() : Math.sqrt(6.0 / layer.fanIn()) / frequency;
    uniform(bound, layer.weightOffset(), layer.weightCount(), random, parameters);
    uniform(1 / Math.sqrt(layer.fanIn()), layer.biasOffset(), layer.out(), random, parameters);
  }

  private static void uniform(
      double bound, int offset, int count, SplittableRandom random, float[] parameters) {
    for (int i = 0; i < count; i++) {
      parameters[offset + i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
  }

  /**
   * Draws one matrix.
   *
   * @param scale standard deviation, used by {@link #NORMAL} and {@link #TRUNCATED_NORMAL} only
   * @param random its own stream
   * @param parameters flat, written where the matrix lies
   */
  public void fill(WeightMatrix matrix, double scale, SplittableRandom random, float[] parameters) {
    double fanIn = matrix.fanIn();
    double fanOut = matrix.fanOut();
    switch (this) {
      case GLOROT_NORMAL ->
          truncated(
              matrix, Math.sqrt(2 / (fanIn + fanOut)) / TRUNCATED_DEVIATION, random, parameters);
      case HE_NORMAL ->
          truncated(matrix, Math.sqrt(2 / fanIn) / TRUNCATED_DEVIATION, random, parameters);
      case TRUNCATED_NORMAL -> truncated(matrix, scale, random, parameters);
      case NORMAL -> {
        for (int i = 0; i < matrix.size(); i++) {
          parameters[matrix.offset() + i] = (float) (scale * random.nextGaussian());
        }
      }
      case ORTHOGONAL -> orthogonal(matrix, random, parameters);
      case SIREN ->
          uniform(Math.sqrt(6 / fanIn), matrix.offset(), matrix.size(), random, parameters);
    }
  }

  private static void truncated(
      WeightMatrix matrix, double deviation, SplittableRandom random, float[] parameters) {
    for (int i = 0; i < matrix.size(); i++) {
      double z = random.nextGaussian();
      while (Math.abs(z) > 2) {
        z = random.nextGaussian();
      }
      parameters[matrix.offset() + i] = (float) (deviation * z);
    }
  }

  private static void orthogonal(WeightMatrix matrix, SplittableRandom random, float[] parameters) {
    int out = matrix.out();
    int fanIn = matrix.fanIn();
    double[][] vectors = orthonormal(Math.min(out, fanIn), Math.max(out, fanIn), random);
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < fanIn; i++) {
        double value = out <= fanIn ? vectors[o][i] : vectors[i][o];
        parameters[matrix.offset() + o * fanIn + i] = (float) value;
      }
    }
  }

  /** Orthonormal vectors by Gram–Schmidt, done twice, from Gaussian ones: [count, length]. */
  private static double[][] orthonormal(int count, int length, SplittableRandom random) {
    double[][] vectors = new double[count][length];
    for (int k = 0; k < count; k++) {
      double[] vector = vectors[k];
      for (int i = 0; i < length; i++) {
        vector[i] = random.nextGaussian();
      }
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < k; j++) {
          double along = dot(vector, vectors[j]);
          for (int i = 0; i < length; i++) {
            vector[i] -= along * vectors[j][i];
          }
        }
      }
      double norm = Math.sqrt(dot(vector, vector));
      for (int i = 0; i < length; i++) {
        vector[i] /= norm;
      }
    }
    return vectors;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
