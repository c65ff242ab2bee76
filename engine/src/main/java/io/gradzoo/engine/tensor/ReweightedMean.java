package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;

/**
 * {@code y[p, q] = Σ_i w_i u[i, p] v[i, q]} with {@code w_i = (1 + c_i − c̄) / b}: the mean of the
 * outer products of two bands, in which line i counts by its score c_i. The b products themselves
 * are never stored. Only the scores are differentiated by.
 */
final class ReweightedMean extends Operation {
  private final Tensor scores;
  private final Band upper;
  private final Band lower;
  private final int lines;
  private final float[] weights;
  private final float[] weighted;
  private final float[] carried;

  /**
   * @param scores c [b, 1]
   * @param upper u, of rows of one number
   * @param lower v, likewise
   */
  ReweightedMean(Kernels kernels, Tensor output, Tensor scores, Band upper, Band lower) {
    super(kernels, output, scores, upper.x(), lower.x());
    this.scores = scores;
    this.upper = upper;
    this.lower = lower;
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
    float[] u = upper.x().values();
    float[] v = lower.x().values();
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
    float[] u = upper.x().values();
    float[] v = lower.x().values();
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
