package io.gradzoo.reader;

/** Softmax attention of several heads; head j has the channels j · d/h … of what it reads. */
final class Attention {
  private final int heads;
  private final boolean causal;
  private double[][] q;
  private double[][] k;
  private double[][] v;
  private double[][][] p;

  Attention(int heads, boolean causal) {
    this.heads = heads;
    this.causal = causal;
  }

  /** q, k, v and the result are [tokens, channels]. */
  double[][] forward(double[][] q, double[][] k, double[][] v) {
    this.q = q;
    this.k = k;
    this.v = v;
    int tokens = q.length;
    p = new double[heads][tokens][tokens];
    double[][] y = new double[tokens][q[0].length];
    for (int head = 0; head < heads; head++) {
      for (int t = 0; t < tokens; t++) {
        double total = 0;
        for (int u = 0; u < seen(t); u++) {
          p[head][t][u] = Math.exp(dot(head, q[t], k[u]) / Math.sqrt(channels()));
          total += p[head][t][u];
        }
        for (int u = 0; u < seen(t); u++) {
          p[head][t][u] /= total;
          for (int c = head * channels(); c < (head + 1) * channels(); c++) {
            y[t][c] += p[head][t][u] * v[u][c];
          }
        }
      }
    }
    return y;
  }

  /** Derivatives by q, k and v. */
  double[][][] backward(double[][] dy) {
    double[][][] slopes = new double[3][q.length][q[0].length];
    for (int head = 0; head < heads; head++) {
      for (int t = 0; t < q.length; t++) {
        double mean = 0;
        for (int u = 0; u < seen(t); u++) {
          mean += p[head][t][u] * dot(head, dy[t], v[u]);
        }
        for (int u = 0; u < seen(t); u++) {
          double logit = p[head][t][u] * (dot(head, dy[t], v[u]) - mean) / Math.sqrt(channels());
          for (int c = head * channels(); c < (head + 1) * channels(); c++) {
            slopes[0][t][c] += logit * k[u][c];
            slopes[1][u][c] += logit * q[t][c];
            slopes[2][u][c] += p[head][t][u] * dy[t][c];
          }
        }
      }
    }
    return slopes;
  }

  private int seen(int t) {
    return causal ? t + 1 : q.length;
  }

  private int channels() {
    return q[0].length / heads;
  }

  private double dot(int head, double[] a, double[] b) {
    double sum = 0;
    for (int c = head * channels(); c < (head + 1) * channels(); c++) {
      sum += a[c] * b[c];
    }
    return sum;
  }
}
