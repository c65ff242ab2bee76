package io.gradzoo.engine.metanet.curvature;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Functions of a network's input by which a set of samples is described: for every input a step at
 * zero, and hinges {@code max(0, ±x − k/4)} for k = 0 … 3. Inputs are expected in [−1, 1], as all
 * our data are; input neurons have an order, so functions of them break no symmetry.
 *
 * @param inputs of the networks
 */
record InputBasis(int inputs) implements Serializable {
  private static final int KNOTS = 4;
  private static final int PER_INPUT = 2 * KNOTS + 1;

  /** The most inputs for which the least squares stay small. */
  static final int MOST_INPUTS = 4;

  InputBasis {
    if (inputs > MOST_INPUTS) {
      throw Fault.of("sample reweighting")
          .expected("networks of at most " + MOST_INPUTS + " inputs")
          .found(inputs)
          .exception();
    }
  }

  static InputBasis of(LayeredArchitecture architecture) {
    return new InputBasis(architecture.input().size());
  }

  /** Number K of functions. */
  int size() {
    return inputs * PER_INPUT;
  }

  /**
   * All functions of all samples.
   *
   * @param features [samples, N, 2], not standardised
   * @return [samples, K]
   */
  double[][] evaluate(LayeredArchitecture architecture, float[] features) {
    int row = 2 * SquaredGradients.neurons(architecture);
    double[][] values = new double[SquaredGradients.samples(architecture, features)][size()];
    for (int n = 0; n < values.length; n++) {
      for (int i = 0; i < inputs; i++) {
        write(features[n * row + 2 * i], values[n], i * PER_INPUT);
      }
    }
    return values;
  }

  /** Mean over the samples, [K]. */
  double[] mean(double[][] values) {
    double[] mean = new double[size()];
    for (double[] sample : values) {
      for (int k = 0; k < mean.length; k++) {
        mean[k] += sample[k];
      }
    }
    return Arrays.stream(mean).map(sum -> sum / values.length).toArray();
  }

  private static void write(double x, double[] values, int at) {
    values[at] = x > 0 ? 1 : 0;
    for (int k = 0; k < KNOTS; k++) {
      double knot = k / (double) KNOTS;
      values[at + 1 + 2 * k] = Math.max(0, x - knot);
      values[at + 2 + 2 * k] = Math.max(0, -x - knot);
    }
  }
}
