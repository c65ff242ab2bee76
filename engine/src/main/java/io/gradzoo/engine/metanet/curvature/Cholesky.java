package io.gradzoo.engine.metanet.curvature;

/** Solves symmetric positive definite systems. */
final class Cholesky {
  private Cholesky() {}

  /**
   * Solves A x = b.
   *
   * @param a lower triangle, row i of length i + 1; becomes its Cholesky factor
   * @param b becomes x
   * @throws ArithmeticException if the matrix is not positive definite
   */
  static void solve(double[][] a, double[] b) {
    factorize(a);
    for (int i = 0; i < b.length; i++) {
      for (int j = 0; j < i; j++) {
        b[i] -= a[i][j] * b[j];
      }
      b[i] /= a[i][i];
    }
    for (int i = b.length - 1; i >= 0; i--) {
      b[i] /= a[i][i];
      for (int j = 0; j < i; j++) {
        b[j] -= a[i][j] * b[i];
      }
    }
  }

  private static void factorize(double[][] a) {
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= a[i][k] * a[j][k];
        }
        if (i != j) {
          a[i][j] = sum / a[j][j];
        } else if (sum > 0) {
          a[i][i] = Math.sqrt(sum);
        } else {
          throw new ArithmeticException("least squares: the penalty is too small for the examples");
        }
      }
    }
  }
}
