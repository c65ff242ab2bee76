package io.gradzoo.engine.gradient;

import java.util.Arrays;

/**
 * Neuron features that neither positive scalings of ReLU neurons, which send (a, g) to (q a, g /
 * q), nor sign flips of odd activations, which send it to (−a, −g), can change. Appended to the
 * features of a network that is equivariant to either, they leave it so; the pair (a, g) itself
 * does not.
 *
 * <p>Per sample and neuron: a g, |a g|, |a| / rms(a) and |g| / rms(g), with root mean squares over
 * the set; 0 where one is 0.
 */
public final class InvariantNeuronFeatures {
  /** Numbers per neuron. */
  public static final int WIDTH = 4;

  private InvariantNeuronFeatures() {}

  /**
   * Writes the features of a set.
   *
   * @param pairs neuron features (a, g), [samples, neurons, 2] from {@code pairsOffset}, as {@link
   *     NeuronFeatures} writes them
   * @param target written from {@code targetOffset}, [samples, neurons, 4]
   */
  public static void write(
      int samples, int neurons, float[] pairs, int pairsOffset, float[] target, int targetOffset) {
    double[] inverse = inverseRootMeanSquares(samples, 2 * neurons, pairs, pairsOffset);
    for (int i = 0; i < samples * neurons; i++) {
      float a = pairs[pairsOffset + 2 * i];
      float g = pairs[pairsOffset + 2 * i + 1];
      int neuron = i % neurons;
      int to = targetOffset + WIDTH * i;
      target[to] = a * g;
      target[to + 1] = Math.abs(a * g);
      target[to + 2] = (float) (Math.abs(a) * inverse[2 * neuron]);
      target[to + 3] = (float) (Math.abs(g) * inverse[2 * neuron + 1]);
    }
  }

  /** 1 / rms of each column of x [rows, width], 0 for a column of zeros. */
  private static double[] inverseRootMeanSquares(int rows, int width, float[] x, int offset) {
    double[] squares = new double[width];
    for (int i = 0; i < rows * width; i++) {
      double value = x[offset + i];
      squares[i % width] += value * value;
    }
    return Arrays.stream(squares).map(sum -> sum == 0 ? 0 : Math.sqrt(rows / sum)).toArray();
  }
}
