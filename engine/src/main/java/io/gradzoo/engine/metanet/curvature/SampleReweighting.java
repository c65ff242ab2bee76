package io.gradzoo.engine.metanet.curvature;

import io.gradzoo.engine.network.LayeredArchitecture;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * A learned estimator of the Fisher diagonal: a weighted mean of the given squared gradients, in
 * which a sample counts less where the set has more samples than its law would have. Sample n
 * weighs {@code (1 + Σ_jk A_jk (φ_j(x_n) − φ̄_j) ψ_k) / b}, with φ functions of the input, φ̄ their
 * mean over the set and ψ = (φ̄, 1). Invariant to the order of the samples, equivariant to
 * permutations of hidden neurons; with A = 0 it is the standard estimator. Our own; not in the
 * papers.
 *
 * <p>The estimate is linear in A, so A is found by least squares instead of by gradient descent.
 */
public final class SampleReweighting implements Serializable {
  private final InputBasis basis;
  private final double[] coefficients;

  private SampleReweighting(InputBasis basis, double[] coefficients) {
    this.basis = basis;
    this.coefficients = coefficients;
  }

  /**
   * Whether it can be fitted to networks of these architectures: of equally many inputs, and few.
   */
  public static boolean reads(List<LayeredArchitecture> architectures) {
    List<Integer> inputs =
        architectures.stream().map(each -> each.input().size()).distinct().toList();
    return inputs.size() == 1 && inputs.get(0) <= InputBasis.MOST_INPUTS;
  }

  /** Number of learned coefficients, K (K + 1). */
  public int parameters() {
    return coefficients.length;
  }

  /**
   * The estimate.
   *
   * @param features [samples, N, 2], not standardised
   * @return in the flat layout
   */
  public float[] estimate(LayeredArchitecture architecture, float[] features) {
    double[] diagonal =
        SquaredGradients.weighted(architecture, features, weights(architecture, features));
    float[] result = new float[diagonal.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) diagonal[i];
    }
    return result;
  }

  /** What each sample weighs; they add up to 1. */
  double[] weights(LayeredArchitecture architecture, float[] features) {
    double[][] values = basis.evaluate(architecture, features);
    double[] mean = basis.mean(values);
    double[] context = Arrays.copyOf(mean, mean.length + 1);
    context[mean.length] = 1;
    double[] slopes = new double[mean.length];
    for (int j = 0; j < slopes.length; j++) {
      for (int k = 0; k < context.length; k++) {
        slopes[j] += coefficients[j * context.length + k] * context[k];
      }
    }
    double[] weights = new double[values.length];
    for (int n = 0; n < weights.length; n++) {
      double score = 1;
      for (int j = 0; j < slopes.length; j++) {
        score += slopes[j] * (values[n][j] - mean[j]);
      }
      weights[n] = score / weights.length;
    }
    return weights;
  }

  /**
   * Sums for the least squares over training examples, in double precision. Each example counts in
   * units of its own standard estimate's root mean square, so that no single network decides.
   */
  public static final class Fit implements Serializable {
    private final InputBasis basis;
    private final double[][] gram;
    private final double[] right;

    /** Sums of nothing, for networks of an architecture's inputs. */
    public Fit(LayeredArchitecture architecture) {
      basis = InputBasis.of(architecture);
      int size = basis.size() * (basis.size() + 1);
      gram = new double[size][size];
      right = new double[size];
    }

    /**
     * Adds an example.
     *
     * @param features [samples, N, 2], not standardised
     * @param target Fisher diagonal in the flat layout
     */
    public void add(LayeredArchitecture architecture, float[] features, double[] target) {
      double[][] values = basis.evaluate(architecture, features);
      double[] mean = basis.mean(values);
      double[] context = Arrays.copyOf(mean, mean.length + 1);
      context[mean.length] = 1;
      float[] estimate = SquaredGradients.mean(architecture, features);
      double scale = rootMeanSquare(estimate);
      double[][] covariances = new double[basis.size()][];
      double[] along = new double[basis.size()];
      for (int j = 0; j < covariances.length; j++) {
        double[] weights = new double[values.length];
        for (int n = 0; n < weights.length; n++) {
          weights[n] = (values[n][j] - mean[j]) / (values.length * scale);
        }
        covariances[j] = SquaredGradients.weighted(architecture, features, weights);
        for (int i = 0; i < target.length; i++) {
          along[j] += covariances[j][i] * (target[i] - estimate[i]) / scale;
        }
      }
      addProducts(covariances, context, along);
    }

    /** The Gram matrix of the products C_j ψ_k is the Kronecker product of the two. */
    private void addProducts(double[][] covariances, double[] context, double[] along) {
      int width = context.length;
      for (int j = 0; j < covariances.length; j++) {
        for (int l = 0; l <= j; l++) {
          double dot = dot(covariances[j], covariances[l]);
          for (int k = 0; k < width; k++) {
            for (int m = 0; m < width; m++) {
              gram[j * width + k][l * width + m] += dot * context[k] * context[m];
            }
          }
        }
        for (int k = 0; k < width; k++) {
          right[j * width + k] += along[j] * context[k];
        }
      }
    }

    /**
     * The solution of least squares with a penalty.
     *
     * @param penalty on the coefficients in units in which every column of the design has length 1
     */
    public SampleReweighting solve(double penalty) {
      int size = right.length;
      double[] length = new double[size];
      for (int i = 0; i < size; i++) {
        length[i] = gram[i][i] > 0 ? Math.sqrt(gram[i][i]) : 1;
      }
      double[][] matrix = new double[size][];
      double[] solution = new double[size];
      for (int i = 0; i < size; i++) {
        matrix[i] = new double[i + 1];
        for (int j = 0; j <= i; j++) {
          matrix[i][j] = gram[i][j] / (length[i] * length[j]);
        }
        matrix[i][i] += penalty;
        solution[i] = right[i] / length[i];
      }
      Cholesky.solve(matrix, solution);
      for (int i = 0; i < size; i++) {
        solution[i] /= length[i];
      }
      return new SampleReweighting(basis, solution);
    }

    private static double rootMeanSquare(float[] x) {
      double sum = 0;
      for (float value : x) {
        sum += (double) value * value;
      }
      return sum > 0 ? Math.sqrt(sum / x.length) : 1;
    }

    private static double dot(double[] a, double[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += a[i] * b[i];
      }
      return sum;
    }
  }
}
