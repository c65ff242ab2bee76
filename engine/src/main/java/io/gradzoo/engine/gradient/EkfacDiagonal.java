package io.gradzoo.engine.gradient;

import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.Arrays;
import java.util.List;

/**
 * Diagonal of the EK-FAC approximation of the Fisher matrix (George et al. 2018): K-FAC's
 * eigenbases U_A of E[ū ūᵀ] and U_G of E[g gᵀ], with the second moments Λ of the sample gradients
 * along them (positions of a convolution summed before squaring) instead of products of
 * eigenvalues. Back in the parameters, (U_G ∘ U_G) Λ (U_A ∘ U_A)ᵀ; the trace is the Fisher matrix's
 * own.
 */
public final class EkfacDiagonal {
  private EkfacDiagonal() {}

  /**
   * The diagonal, in the parameters' layout.
   *
   * @param layers one per affine layer of the architecture
   * @throws IllegalArgumentException naming a layer whose factors are missing
   */
  public static float[] of(
      LayeredArchitecture architecture, List<? extends LayerGradients> layers) {
    return KroneckerRows.flat("EK-FAC diagonal", architecture, layers, EkfacDiagonal::ofLayer);
  }

  private static void ofLayer(KroneckerRows rows, double[] diagonal) {
    int width = rows.width();
    int out = rows.layer().out();
    double[] inputBasis = eigenbasis(rows.inputs(), rows.rows(), width);
    double[] signalBasis = eigenbasis(rows.signals(), rows.rows(), out);
    double[] moments = secondMoments(rows, inputBasis, signalBasis);
    int inputRank = inputBasis.length / width;
    for (int k = 0; k < signalBasis.length / out; k++) {
      for (int o = 0; o < out; o++) {
        double g = signalBasis[k * out + o];
        for (int j = 0; j < inputRank; j++) {
          double along = g * g * moments[k * inputRank + j];
          for (int i = 0; i < width; i++) {
            double a = inputBasis[j * width + i];
            diagonal[o * width + i] += along * a * a;
          }
        }
      }
    }
  }

  /**
   * Orthonormal eigenvectors of xᵀx with nonzero eigenvalues, [rank, width]: no gradient has a
   * component along the others.
   *
   * @param x [rows, width]
   */
  private static double[] eigenbasis(double[] x, int rows, int width) {
    if (rows <= width) {
      return ThinSvd.of(x, rows, width).right();
    }
    double[] products = new double[width * width];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < width; i++) {
        double value = x[row * width + i];
        for (int j = 0; j < width; j++) {
          products[i * width + j] += value * x[row * width + j];
        }
      }
    }
    return ThinSvd.of(products, width, width).right();
  }

  /** Λ: means over the samples of (u_kᵀ dW_n v_j)², [rank of G, rank of A]. */
  private static double[] secondMoments(
      KroneckerRows rows, double[] inputBasis, double[] signalBasis) {
    int width = rows.width();
    int out = rows.layer().out();
    int inputRank = inputBasis.length / width;
    int signalRank = signalBasis.length / out;
    double[] inputs = new double[inputRank];
    double[] signals = new double[signalRank];
    double[] gradient = new double[signalRank * inputRank];
    double[] moments = new double[gradient.length];
    for (int n = 0; n < rows.samples(); n++) {
      Arrays.fill(gradient, 0);
      for (int t = 0; t < rows.positions(); t++) {
        int row = n * rows.positions() + t;
        project(rows.inputs(), row * width, width, inputBasis, inputs);
        project(rows.signals(), row * out, out, signalBasis, signals);
        for (int k = 0; k < signalRank; k++) {
          for (int j = 0; j < inputRank; j++) {
            gradient[k * inputRank + j] += signals[k] * inputs[j];
          }
        }
      }
      for (int i = 0; i < moments.length; i++) {
        moments[i] += gradient[i] * gradient[i] / rows.samples();
      }
    }
    return moments;
  }

  private static void project(
      double[] x, int offset, int width, double[] basis, double[] coordinates) {
    for (int k = 0; k < coordinates.length; k++) {
      double sum = 0;
      for (int i = 0; i < width; i++) {
        sum += basis[k * width + i] * x[offset + i];
      }
      coordinates[k] = sum;
    }
  }
}
