package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.ClassCrossEntropy;

/** {@link ClassCrossEntropy}, in double around the largest score of a row. */
final class CpuClassCrossEntropy extends CpuOperation {
  private final int classes;

  CpuClassCrossEntropy(ClassCrossEntropy of, CpuContext context) {
    super(of, context);
    this.classes = of.scores().width();
  }

  @Override
  boolean readsOutput() {
    return false;
  }

  @Override
  void forward(int models) {
    float[] x = inputs.get(0).values();
    float[] t = inputs.get(1).values();
    for (int row = 0; row < count(models); row++) {
      int at = row * classes;
      double logarithm = logarithmOfSum(x, at);
      double y = 0;
      for (int j = at; j < at + classes; j++) {
        y += t[j] * (logarithm - x[j]);
      }
      output.values()[row] = (float) y;
    }
  }

  /** dx += dy (Σ t · softmax(x) − t) and dt −= dy ln softmax(x). */
  @Override
  void adjoint(int models) {
    float[] x = inputs.get(0).values();
    float[] t = inputs.get(1).values();
    for (int row = 0; row < count(models); row++) {
      int at = row * classes;
      double dy = output.gradients()[row];
      double logarithm = logarithmOfSum(x, at);
      double shares = 0;
      for (int j = at; j < at + classes; j++) {
        shares += t[j];
      }
      for (int j = at; j < at + classes; j++) {
        if (inputs.get(0).needsGradient()) {
          double slope = shares * Math.exp(x[j] - logarithm) - t[j];
          inputs.get(0).gradients()[j] += (float) (dy * slope);
        }
        if (inputs.get(1).needsGradient()) {
          inputs.get(1).gradients()[j] += (float) (dy * (logarithm - x[j]));
        }
      }
    }
  }

  /** ln Σ exp x of a row. */
  private double logarithmOfSum(float[] x, int at) {
    double largest = x[at];
    for (int j = at; j < at + classes; j++) {
      largest = Math.max(largest, x[j]);
    }
    double sum = 0;
    for (int j = at; j < at + classes; j++) {
      sum += Math.exp(x[j] - largest);
    }
    return largest + Math.log(sum);
  }
}
