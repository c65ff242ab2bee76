package io.gradzoo.engine.network.transformer;

/**
 * Multi-head self-attention between the affine maps of a block: head j of token t gives Σ_u p(t, u)
 * v_u over the tokens u it may see, with p the softmax over u of q_t·k_u / √(channels of a head).
 * Sums are in double.
 */
final class AttentionStage {
  private final TransformerArchitecture.Mask mask;
  private final int positions;
  private final int width;
  private final int heads;
  private final int headWidth;
  private final double scale;
  private final double[] probabilities;
  private final double[] slopes;
  private float[] queries;
  private float[] keys;
  private float[] values;

  AttentionStage(TransformerArchitecture architecture) {
    mask = architecture.mask();
    positions = architecture.positions();
    width = architecture.width();
    heads = architecture.heads();
    headWidth = width / heads;
    scale = 1 / Math.sqrt(headWidth);
    probabilities = new double[heads * positions * positions];
    slopes = new double[positions];
  }

  /** q, k, v [tokens, width], read again by the backward pass; y [tokens, width] is set. */
  void forward(int tokens, float[] q, float[] k, float[] v, float[] y) {
    queries = q;
    keys = k;
    values = v;
    for (int head = 0; head < heads; head++) {
      for (int t = 0; t < tokens; t++) {
        int seen = seen(t, tokens);
        attend(head, t, seen);
        for (int c = head * headWidth; c < (head + 1) * headWidth; c++) {
          double sum = 0;
          for (int u = 0; u < seen; u++) {
            sum += probabilities[row(head, t) + u] * v[u * width + c];
          }
          y[t * width + c] = (float) sum;
        }
      }
    }
  }

  /** dy [tokens, width]; dq, dk, dv [tokens, width] are added to. */
  void backward(int tokens, float[] dy, float[] dq, float[] dk, float[] dv) {
    for (int head = 0; head < heads; head++) {
      for (int t = 0; t < tokens; t++) {
        int seen = seen(t, tokens);
        logitSlopes(head, t, seen, dy);
        for (int u = 0; u < seen; u++) {
          double p = probabilities[row(head, t) + u];
          for (int c = head * headWidth; c < (head + 1) * headWidth; c++) {
            dv[u * width + c] += (float) (p * dy[t * width + c]);
            dq[t * width + c] += (float) (scale * slopes[u] * keys[u * width + c]);
            dk[u * width + c] += (float) (scale * slopes[u] * queries[t * width + c]);
          }
        }
      }
    }
  }

  /** Softmax of one row of logits. */
  private void attend(int head, int t, int seen) {
    int row = row(head, t);
    double largest = Double.NEGATIVE_INFINITY;
    for (int u = 0; u < seen; u++) {
      probabilities[row + u] = scale * dot(head, queries, t, keys, u);
      largest = Math.max(largest, probabilities[row + u]);
    }
    double sum = 0;
    for (int u = 0; u < seen; u++) {
      probabilities[row + u] = StrictMath.exp(probabilities[row + u] - largest);
      sum += probabilities[row + u];
    }
    for (int u = 0; u < seen; u++) {
      probabilities[row + u] /= sum;
    }
  }

  /** p(u) (dp(u) − Σ p dp), the derivatives by one row of logits. */
  private void logitSlopes(int head, int t, int seen, float[] dy) {
    int row = row(head, t);
    double mean = 0;
    for (int u = 0; u < seen; u++) {
      slopes[u] = dot(head, dy, t, values, u);
      mean += probabilities[row + u] * slopes[u];
    }
    for (int u = 0; u < seen; u++) {
      slopes[u] = probabilities[row + u] * (slopes[u] - mean);
    }
  }

  private int seen(int t, int tokens) {
    return mask == TransformerArchitecture.Mask.CAUSAL ? t + 1 : tokens;
  }

  private int row(int head, int t) {
    return (head * positions + t) * positions;
  }

  private double dot(int head, float[] a, int t, float[] b, int u) {
    double sum = 0;
    for (int c = head * headWidth; c < (head + 1) * headWidth; c++) {
      sum += (double) a[t * width + c] * b[u * width + c];
    }
    return sum;
  }
}
