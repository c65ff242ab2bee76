package io.gradzoo.jobs.bench;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;
import java.util.List;

/**
 * Floating-point operations of a matrix product that this machine's threads make in a second, side
 * by side, on matrices that stay in their caches. Measured in turns with what is compared to it:
 * the clock of a processor that others use changes from one second to the next.
 */
final class SgemmPeak {
  /** Seconds of work between two turns. */
  static final double INTERVAL = 0.5;

  /** Rows, columns and depth of the products that are tried. */
  private static final int[][] SHAPES = {{240, 128, 128}, {960, 128, 128}, {256, 256, 256}};

  private static final long TRIAL_NANOS = 150_000_000;
  private static final long TURN_NANOS = 20_000_000;

  private final Kernels kernels;
  private final ThreadPool pool;
  private List<ThreadMatrices> products;
  private double sum;
  private int turns;

  /** Finds the shape whose products are fastest. */
  SgemmPeak(Kernels kernels, ThreadPool pool) {
    this.kernels = kernels;
    this.pool = pool;
    double best = 0;
    for (int[] shape : SHAPES) {
      List<ThreadMatrices> tried = pool.all(number -> new ThreadMatrices(shape));
      rate(tried, TRIAL_NANOS); // compiles
      double rate = rate(tried, TRIAL_NANOS);
      if (rate > best) {
        best = rate;
        products = tried;
      }
    }
  }

  /** Measures once more. */
  void turn() {
    sum += rate(products, TURN_NANOS);
    turns++;
  }

  /** The mean rate of the turns over all threads, in 1e9 operations a second. */
  double gflops() {
    return sum / turns;
  }

  private double rate(List<ThreadMatrices> each, long nanos) {
    return pool.all(number -> each.get(number).rate(nanos)).stream().reduce(0.0, Double::sum);
  }

  /** One thread's matrices. */
  private final class ThreadMatrices {
    private final int m;
    private final int n;
    private final int k;
    private final float[] a;
    private final float[] b;
    private final float[] c;

    ThreadMatrices(int[] shape) {
      m = shape[0];
      n = shape[1];
      k = shape[2];
      a = ones(m * k);
      b = ones(k * n);
      c = new float[m * n];
    }

    double rate(long nanos) {
      long start = System.nanoTime();
      long made = 0;
      long elapsed;
      do {
        kernels.multiply(m, n, k, a, 0, k, b, 0, n, c, 0, n);
        made++;
        elapsed = System.nanoTime() - start;
      } while (elapsed < nanos);
      return 2.0 * m * n * k * made / elapsed;
    }
  }

  private static float[] ones(int length) {
    float[] values = new float[length];
    Arrays.fill(values, 1f);
    return values;
  }
}
