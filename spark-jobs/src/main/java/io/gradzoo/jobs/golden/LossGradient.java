package io.gradzoo.jobs.golden;

import io.gradzoo.datasets.format.NpzReader;
import java.util.ArrayList;
import java.util.List;

/** Derivatives, in float64, of a golden case's loss by the outputs. */
final class LossGradient {
  private LossGradient() {}

  static List<double[]> of(ScaleGmnCase golden, NpzReader npz, List<double[]> outputs) {
    if (!golden.head().equals("inv")) {
      return linearPlusHalfSquare(golden, npz, outputs);
    }
    double[] out = outputs.get(0);
    int networks = golden.networks();
    return List.of(
        out.length == networks
            ? squaredErrorOfSigmoid(out, golden.array(npz, "loss/target"))
            : crossEntropy(out, npz.read("loss/target").longs()));
  }

  /** {@code Σ c·y + y²/2}. */
  private static List<double[]> linearPlusHalfSquare(
      ScaleGmnCase golden, NpzReader npz, List<double[]> outputs) {
    List<double[]> gradients = new ArrayList<>();
    for (int k = 0; k < outputs.size(); k++) {
      double[] c = golden.array(npz, "loss/c" + k);
      double[] gradient = new double[c.length];
      for (int i = 0; i < c.length; i++) {
        gradient[i] = c[i] + outputs.get(k)[i];
      }
      gradients.add(gradient);
    }
    return gradients;
  }

  /** Mean of {@code (σ(y) − t)²}. */
  private static double[] squaredErrorOfSigmoid(double[] out, double[] target) {
    double[] gradient = new double[out.length];
    for (int i = 0; i < out.length; i++) {
      double p = 1 / (1 + Math.exp(-out[i]));
      gradient[i] = 2 * (p - target[i]) * p * (1 - p) / out.length;
    }
    return gradient;
  }

  /** Mean cross-entropy of the rows. */
  private static double[] crossEntropy(double[] out, long[] labels) {
    int classes = out.length / labels.length;
    double[] gradient = new double[out.length];
    for (int n = 0; n < labels.length; n++) {
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        sum += Math.exp(out[n * classes + k]);
      }
      for (int k = 0; k < classes; k++) {
        double p = Math.exp(out[n * classes + k]) / sum;
        gradient[n * classes + k] = (p - (k == labels[n] ? 1 : 0)) / labels.length;
      }
    }
    return gradient;
  }
}
