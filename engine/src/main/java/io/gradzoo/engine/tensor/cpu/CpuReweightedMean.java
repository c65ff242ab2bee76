package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Band;
import io.gradzoo.engine.tensor.ReweightedMean;
import java.util.Arrays;

/** {@link ReweightedMean}. */
final class CpuReweightedMean extends CpuOperation {
  private final Operand scores;
  private final Band upper;
  private final Band lower;
  private final Operand upperRows;
  private final Operand lowerRows;
  private final int lines;
  private final float[] weights;
  private final float[] weighted;
  private final float[] carried;

  CpuReweightedMean(ReweightedMean of, CpuContext context) {
    super(of, context);
    this.scores = inputs.get(0);
    this.upper = of.upper();
    this.lower = of.lower();
    this.upperRows = inputs.get(1);
    this.lowerRows = inputs.get(2);
    this.lines = scores.rows();
    this.weights = new float[lines];
    this.weighted = new float[lines * upper.count()];
    this.carried = new float[lines * lower.count()];
  }

  @Override
  boolean readsOutput() {
    return false;
  }

  @Override
  void forward(int models) {
    int p = upper.count();
    int q = lower.count();
    float[] u = upperRows.values();
    float[] v = lowerRows.values();
    Arrays.fill(output.values(), 0, count(models), 0f);
    for (int m = 0; m < models; m++) {
      int line = m * lines;
      setWeights(scores.values(), line, 1f);
      for (int i = 0; i < lines; i++) {
        kernels.scale(weights[i], u, upper.at(line + i), weighted, i * p, p);
      }
      kernels.transposedMultiplyAdd(
          p,
          q,
          lines,
          weighted,
          0,
          p,
          v,
          lower.at(line),
          lower.length(),
          output.values(),
          m * p * q,
          q);
    }
  }

  @Override
  void adjoint(int models) {
    int p = upper.count();
    int q = lower.count();
    float[] u = upperRows.values();
    float[] v = lowerRows.values();
    for (int m = 0; m < models; m++) {
      int line = m * lines;
      kernels.multiply(
          lines,
          q,
          p,
          u,
          upper.at(line),
          upper.length(),
          output.gradients(),
          m * p * q,
          q,
          carried,
          0,
          q);
      for (int i = 0; i < lines; i++) {
        weights[i] = kernels.dot(carried, i * q, v, lower.at(line + i), q);
      }
      setWeights(weights, 0, 0f);
      kernels.add(weights, 0, scores.gradients(), line, lines);
    }
  }

  /** {@code (start + x_i − x̄) / b}; the map from scores to weights and its own adjoint. */
  private void setWeights(float[] x, int from, float start) {
    double sum = 0;
    for (int i = 0; i < lines; i++) {
      sum += x[from + i];
    }
    float shift = start - (float) (sum / lines);
    for (int i = 0; i < lines; i++) {
      weights[i] = (x[from + i] + shift) / lines;
    }
  }
}
