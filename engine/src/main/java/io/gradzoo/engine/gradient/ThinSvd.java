package io.gradzoo.engine.gradient;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Thin singular value decomposition M = Σ_k σ_k u_k v_kᵀ of a small matrix, in double: rotates
 * pairs of columns until all are orthogonal (one-sided Jacobi, Hestenes 1958). Columns that are
 * orthogonal already stay as they are.
 *
 * @param values σ, [rank], descending and positive; what is below 1e-12 of the largest is dropped
 * @param left u, [rank, rows], orthonormal rows
 * @param right v, [rank, columns], orthonormal rows
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
record ThinSvd(double[] values, double[] left, double[] right) {
  private static final double SMALLEST = 1e-12;
  private static final double ORTHOGONAL = 1e-14;
  private static final double NOTHING = 1e-30;
  private static final int MOST_SWEEPS = 60;

  /**
   * Decomposes a matrix.
   *
   * @param matrix [rows, columns], row-major, finite
   */
  static ThinSvd of(double[] matrix, int rows, int columns) {
    if (columns > rows) {
      ThinSvd transposed = ofTall(matrix.clone(), columns, rows);
      return new ThinSvd(
          transposed.values, /* left= */ transposed.right, /* right= */ transposed.left);
    }
    return ofTall(transpose(matrix, rows, columns), rows, columns);
  }

  int rank() {
    return values.length;
  }

  /**
   * @param x the columns one after the other, [columns, rows], overwritten; columns ≤ rows
   */
  private static ThinSvd ofTall(double[] x, int rows, int columns) {
    double[] basis = new double[columns * columns];
    for (int k = 0; k < columns; k++) {
      basis[k * columns + k] = 1;
    }
    double nothing = NOTHING * dot(x, 0, 0, x.length);
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      if (!rotateAll(x, basis, rows, columns, nothing)) {
        break;
      }
    }
    double[] norms = new double[columns];
    for (int k = 0; k < columns; k++) {
      norms[k] = Math.sqrt(dot(x, k * rows, k * rows, rows));
    }
    return sorted(x, basis, norms, rows, columns);
  }

  /** One sweep over all pairs of columns; returns whether any was rotated. */
  private static boolean rotateAll(
      double[] x, double[] basis, int rows, int columns, double nothing) {
    boolean rotated = false;
    for (int p = 0; p < columns - 1; p++) {
      for (int q = p + 1; q < columns; q++) {
        double pp = dot(x, p * rows, p * rows, rows);
        double qq = dot(x, q * rows, q * rows, rows);
        double pq = dot(x, p * rows, q * rows, rows);
        double cosineScale = Math.sqrt(pp) * Math.sqrt(qq); // pp · qq could overflow
        if (!(Math.min(pp, qq) > nothing) || !(Math.abs(pq) > ORTHOGONAL * cosineScale)) {
          continue;
        }
        double zeta = (qq - pp) / (2 * pq);
        double tangent = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        double cosine = 1 / Math.sqrt(1 + tangent * tangent);
        rotate(x, p * rows, q * rows, rows, cosine, cosine * tangent);
        rotate(basis, p * columns, q * columns, columns, cosine, cosine * tangent);
        rotated = true;
      }
    }
    return rotated;
  }

  private static void rotate(double[] x, int p, int q, int n, double cosine, double sine) {
    for (int i = 0; i < n; i++) {
      double a = x[p + i];
      double b = x[q + i];
      x[p + i] = cosine * a - sine * b;
      x[q + i] = sine * a + cosine * b;
    }
  }

  private static ThinSvd sorted(double[] x, double[] basis, double[] norms, int rows, int columns) {
    double smallest = SMALLEST * Arrays.stream(norms).max().orElse(0);
    int[] order =
        IntStream.range(0, columns)
            .filter(k -> norms[k] > smallest)
            .boxed()
            .sorted(Comparator.comparingDouble(k -> -norms[k]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = new double[order.length];
    double[] left = new double[order.length * rows];
    double[] right = new double[order.length * columns];
    for (int k = 0; k < order.length; k++) {
      int from = order[k];
      values[k] = norms[from];
      for (int i = 0; i < rows; i++) {
        left[k * rows + i] = x[from * rows + i] / norms[from];
      }
      System.arraycopy(basis, from * columns, right, k * columns, columns);
    }
    return new ThinSvd(values, left, right);
  }

  private static double[] transpose(double[] matrix, int rows, int columns) {
    double[] result = new double[matrix.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        result[j * rows + i] = matrix[i * columns + j];
      }
    }
    return result;
  }

  private static double dot(double[] x, int a, int b, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[a + i] * x[b + i];
    }
    return sum;
  }
}
