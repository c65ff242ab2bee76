package io.gradzoo.engine.gradient;

import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.List;

/**
 * Diagonal of the K-FAC approximation of the Fisher matrix, Ā ⊗ G per layer with Ā = E[ū ūᵀ], ū =
 * (a, 1), and G = E[g gᵀ] (Martens and Grosse 2015): E[ū_i²] E[g_o²] for weight (o, i), E[g_o²] for
 * bias o. Which Fisher matrix it approximates is the signals' choice: the empirical one for labels,
 * the true one for labels sampled from the model.
 *
 * <p>Convolutions need their factors, and positions count as independent (K-FAC expand, Eschenhagen
 * et al. 2023): E sums over the positions in Ā and takes their mean in G.
 */
public final class KfacDiagonal {
  private KfacDiagonal() {}

  /**
   * The diagonal, in the parameters' layout.
   *
   * @param layers one per affine layer of the architecture
   * @throws IllegalArgumentException naming a layer whose factors are missing
   */
  public static float[] of(
      LayeredArchitecture architecture, List<? extends LayerGradients> layers) {
    return KroneckerRows.flat("K-FAC diagonal", architecture, layers, KfacDiagonal::ofLayer);
  }

  private static void ofLayer(KroneckerRows rows, double[] diagonal) {
    int width = rows.width();
    double[] a = meanSquares(rows.inputs(), width, rows.samples());
    double[] g = meanSquares(rows.signals(), rows.layer().out(), rows.rows());
    for (int o = 0; o < g.length; o++) {
      for (int i = 0; i < width; i++) {
        diagonal[o * width + i] = g[o] * a[i];
      }
    }
  }

  /** Column sums of squares of x [rows, width], divided by {@code count}. */
  private static double[] meanSquares(double[] x, int width, int count) {
    double[] sums = new double[width];
    for (int i = 0; i < x.length; i++) {
      sums[i % width] += x[i] * x[i] / count;
    }
    return sums;
  }
}
