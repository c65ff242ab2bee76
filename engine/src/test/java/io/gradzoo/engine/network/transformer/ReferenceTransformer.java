package io.gradzoo.engine.network.transformer;

import java.util.HashMap;
import java.util.Map;

/**
 * Transformer of one sequence in double, written token by token as the definition reads: the oracle
 * of the tests. It finds its parameters by name; gradients are central differences.
 */
public final class ReferenceTransformer {
  private static final double STEP = 1e-5;

  private final TransformerArchitecture architecture;
  private final Map<String, NamedTensor> tensors = new HashMap<>();

  public ReferenceTransformer(TransformerArchitecture architecture) {
    this.architecture = architecture;
    architecture.layout().tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
  }

  /** Predictions [tokens][outputs], or of the mean over tokens [1][outputs]. */
  public double[][] predictions(double[] theta, int[] tokens) {
    double[][] x = new double[tokens.length][];
    for (int t = 0; t < tokens.length; t++) {
      x[t] = sum(row(theta, "token.table", tokens[t]), row(theta, "position.table", t));
    }
    for (int l = 0; l < architecture.blocks(); l++) {
      x = block(theta, "block" + l + ".", x);
    }
    double[][] read = norm(theta, "norm", x);
    if (architecture.readout() == TransformerArchitecture.SequenceReadout.TOKEN) {
      return affine(theta, "head", read);
    }
    double[] mean = new double[architecture.width()];
    for (double[] token : read) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += token[i] / tokens.length;
      }
    }
    return affine(theta, "head", new double[][] {mean});
  }

  /** Cross-entropy summed over the predictions. */
  public double loss(double[] theta, int[] tokens, int[] labels) {
    double loss = 0;
    double[][] predictions = predictions(theta, tokens);
    for (int p = 0; p < predictions.length; p++) {
      double sum = 0;
      for (double output : predictions[p]) {
        sum += Math.exp(output);
      }
      loss += Math.log(sum) - predictions[p][labels[p]];
    }
    return loss;
  }

  /** Central differences of the loss by every parameter. */
  public double[] gradient(double[] theta, int[] tokens, int[] labels) {
    double[] gradient = new double[theta.length];
    for (int i = 0; i < theta.length; i++) {
      double old = theta[i];
      theta[i] = old + STEP;
      double above = loss(theta, tokens, labels);
      theta[i] = old - STEP;
      double below = loss(theta, tokens, labels);
      theta[i] = old;
      gradient[i] = (above - below) / (2 * STEP);
    }
    return gradient;
  }

  private double[][] block(double[] theta, String name, double[][] x) {
    double[][] n = norm(theta, name + "norm1", x);
    double[][] q = affine(theta, name + "query", n);
    double[][] k = affine(theta, name + "key", n);
    double[][] v = affine(theta, name + "value", n);
    double[][] afterAttention = sum(x, affine(theta, name + "output", attention(q, k, v)));
    double[][] u = affine(theta, name + "up", norm(theta, name + "norm2", afterAttention));
    for (double[] token : u) {
      for (int i = 0; i < token.length; i++) {
        token[i] = activation(token[i]);
      }
    }
    return sum(afterAttention, affine(theta, name + "down", u));
  }

  private double[][] attention(double[][] q, double[][] k, double[][] v) {
    int headWidth = architecture.width() / architecture.heads();
    boolean causal = architecture.mask() == TransformerArchitecture.Mask.CAUSAL;
    double[][] y = new double[q.length][architecture.width()];
    for (int head = 0; head < architecture.heads(); head++) {
      int from = head * headWidth;
      for (int t = 0; t < q.length; t++) {
        double[] weight = new double[q.length];
        double sum = 0;
        for (int u = 0; u < q.length; u++) {
          double logit = 0;
          for (int c = from; c < from + headWidth; c++) {
            logit += q[t][c] * k[u][c];
          }
          weight[u] = causal && u > t ? 0 : Math.exp(logit / Math.sqrt(headWidth));
          sum += weight[u];
        }
        for (int u = 0; u < q.length; u++) {
          for (int c = from; c < from + headWidth; c++) {
            y[t][c] += weight[u] / sum * v[u][c];
          }
        }
      }
    }
    return y;
  }

  private double[][] norm(double[] theta, String name, double[][] x) {
    double[] gain = row(theta, name + ".gain", 0);
    double[] offset = row(theta, name + ".offset", 0);
    double[][] y = new double[x.length][gain.length];
    for (int t = 0; t < x.length; t++) {
      double mean = 0;
      double square = 0;
      for (double value : x[t]) {
        mean += value / gain.length;
        square += value * value / gain.length;
      }
      double deviation = Math.sqrt(square - mean * mean + 1e-5);
      for (int i = 0; i < gain.length; i++) {
        y[t][i] = gain[i] * (x[t][i] - mean) / deviation + offset[i];
      }
    }
    return y;
  }

  private double[][] affine(double[] theta, String name, double[][] x) {
    NamedTensor weight = tensors.get(name + ".weight");
    double[][] y = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      y[t] = row(theta, name + ".bias", 0);
      for (int o = 0; o < weight.rows(); o++) {
        for (int i = 0; i < weight.columns(); i++) {
          y[t][o] += theta[weight.offset() + o * weight.columns() + i] * x[t][i];
        }
      }
    }
    return y;
  }

  private double activation(double u) {
    return architecture.activation() == HiddenActivation.RELU
        ? Math.max(u, 0)
        : u / (1 + Math.exp(-2 * Math.sqrt(2 / Math.PI) * (u + 0.044715 * Math.pow(u, 3))));
  }

  private double[] row(double[] theta, String name, int row) {
    NamedTensor tensor = tensors.get(name);
    double[] values = new double[tensor.columns()];
    System.arraycopy(theta, tensor.offset() + row * tensor.columns(), values, 0, tensor.columns());
    return values;
  }

  private static double[] sum(double[] a, double[] b) {
    double[] sum = a.clone();
    for (int i = 0; i < a.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }

  private static double[][] sum(double[][] a, double[][] b) {
    double[][] sum = new double[a.length][];
    for (int t = 0; t < a.length; t++) {
      sum[t] = sum(a[t], b[t]);
    }
    return sum;
  }
}
