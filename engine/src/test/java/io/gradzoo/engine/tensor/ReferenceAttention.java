package io.gradzoo.engine.tensor;

/**
 * Attention by its formulas, in double precision and one row at a time: {@code y_i = M_O concat_h
 * Σ_j softmax_j(⟨M_Q x_i, M_K x_j⟩ / √in) M_V x_j}.
 */
final class ReferenceAttention {
  private final AttentionParameters of;
  private final double[] parameters;

  ReferenceAttention(AttentionParameters of, double[] parameters) {
    this.of = of;
    this.parameters = parameters;
  }

  /**
   * @param x [rows, in]
   * @param members rows that attend to each other, in order
   * @param y output, [rows, out]; only the rows of members are written
   */
  void attend(double[] x, int[] members, double[] y) {
    int all = of.heads() * of.in();
    double[][] mixed = new double[members.length][all];
    for (int h = 0; h < of.heads(); h++) {
      mix(
          project(of.query(), h, x, members),
          project(of.key(), h, x, members),
          project(of.value(), h, x, members),
          h,
          mixed);
    }
    for (int i = 0; i < members.length; i++) {
      for (int c = 0; c < of.out(); c++) {
        double sum = 0;
        for (int a = 0; a < all; a++) {
          sum += parameters[of.output().offset() + c * all + a] * mixed[i][a];
        }
        y[members[i] * of.out() + c] = sum;
      }
    }
  }

  private void mix(
      double[][] queries, double[][] keys, double[][] values, int h, double[][] mixed) {
    for (int i = 0; i < queries.length; i++) {
      double[] weights = new double[keys.length];
      double sum = 0;
      for (int j = 0; j < keys.length; j++) {
        double logit = 0;
        for (int a = 0; a < of.in(); a++) {
          logit += queries[i][a] * keys[j][a];
        }
        weights[j] = StrictMath.exp(logit / Math.sqrt(of.in()));
        sum += weights[j];
      }
      for (int j = 0; j < keys.length; j++) {
        for (int a = 0; a < of.in(); a++) {
          mixed[i][h * of.in() + a] += weights[j] / sum * values[j][a];
        }
      }
    }
  }

  private double[][] project(Parameter map, int h, double[] x, int[] members) {
    int in = of.in();
    double[][] y = new double[members.length][in];
    for (int i = 0; i < members.length; i++) {
      for (int a = 0; a < in; a++) {
        for (int b = 0; b < in; b++) {
          y[i][a] += parameters[map.offset() + (h * in + a) * in + b] * x[members[i] * in + b];
        }
      }
    }
    return y;
  }
}
