package io.gradzoo.jobs.bench;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;

/**
 * The most floating-point operations of a matrix product that this machine's threads make in a
 * second, side by side, on matrices that stay in their caches.
 */
final class SgemmPeak {
  /** Rows, columns and depth of the products that are tried. */
  private static final int[][] SHAPES = {{240, 128, 128}, {960, 128, 128}, {256, 256, 256}};

  private static final long NANOS = 150_000_000;

  private SgemmPeak() {}

  /** The best shape's rate over all threads, in 1e9 operations a second. */
  static double measure(Kernels kernels, Crew crew) {
    double best = 0;
    for (int[] shape : SHAPES) {
      crew.all(number -> rate(kernels, shape)); // compiles
      double together = crew.all(number -> rate(kernels, shape)).stream().reduce(0.0, Double::sum);
      best = Math.max(best, together);
    }
    return best;
  }

  private static double rate(Kernels kernels, int[] shape) {
    int m = shape[0];
    int n = shape[1];
    int k = shape[2];
    float[] a = ones(m * k);
    float[] b = ones(k * n);
    float[] c = new float[m * n];
    long start = System.nanoTime();
    long products = 0;
    long elapsed;
    do {
      kernels.multiply(m, n, k, a, 0, k, b, 0, n, c, 0, n);
      products++;
      elapsed = System.nanoTime() - start;
    } while (elapsed < NANOS);
    return 2.0 * m * n * k * products / elapsed;
  }

  private static float[] ones(int length) {
    float[] values = new float[length];
    Arrays.fill(values, 1f);
    return values;
  }
}
