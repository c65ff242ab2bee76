package io.gradzoo.jobs.bench;

import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.tensor.Tensor;
import java.util.List;

/**
 * A loss for each kind of head, averaged over the batch: squared error of the sigmoid for one
 * output, cross-entropy for several, half the sum of squares for changes of a network.
 */
final class BenchLoss {
  private BenchLoss() {}

  /**
   * Writes the derivatives by a program's outputs.
   *
   * @param examples one for each slot
   * @return the loss summed over the slots, divided by {@code batch}
   */
  static double slopes(Program program, List<BenchExample> examples, int batch) {
    if (program.outputs().size() > 1) {
      double loss = 0;
      for (Tensor output : program.outputs()) {
        loss += halfSquares(output, examples.size(), batch);
      }
      return loss;
    }
    Tensor output = program.output();
    double loss = 0;
    for (int slot = 0; slot < examples.size(); slot++) {
      float target = examples.get(slot).target();
      loss +=
          output.width() == 1
              ? squaredError(output, slot, target, batch)
              : crossEntropy(output, slot, (int) (target * output.width()), batch);
    }
    return loss;
  }

  private static double squaredError(Tensor output, int slot, float target, int batch) {
    double p = 1 / (1 + Math.exp(-output.values()[slot]));
    output.gradients()[slot] = (float) (2 * (p - target) * p * (1 - p) / batch);
    return (p - target) * (p - target) / batch;
  }

  private static double crossEntropy(Tensor output, int slot, int label, int batch) {
    float[] y = output.values();
    int classes = output.width();
    int start = slot * classes;
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      max = Math.max(max, y[start + k]);
    }
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += Math.exp(y[start + k] - max);
    }
    for (int k = 0; k < classes; k++) {
      double p = Math.exp(y[start + k] - max) / sum;
      output.gradients()[start + k] = (float) ((p - (k == label ? 1 : 0)) / batch);
    }
    return (Math.log(sum) + max - y[start + label]) / batch;
  }

  private static double halfSquares(Tensor output, int networks, int batch) {
    double sum = 0;
    for (int i = 0; i < networks * output.rows() * output.width(); i++) {
      float y = output.values()[i];
      output.gradients()[i] = y / batch;
      sum += 0.5 * y * y;
    }
    return sum / batch;
  }
}
