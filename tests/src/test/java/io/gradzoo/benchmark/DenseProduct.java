package io.gradzoo.benchmark;

import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.kernel.Kernels;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** C = A·B of [240, 128] and [128, 128], which all lie in the second-level cache. */
final class DenseProduct {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int ROWS = 240;
  private static final int WIDTH = 128;
  private final Kernels kernels = CpuKernels.best();
  private final float[] a = new float[ROWS * WIDTH];
  private final float[] b = new float[WIDTH * WIDTH];
  private final float[] c = new float[ROWS * WIDTH];

  /** 10⁹ operations a second of CPU time, over at least so many seconds. */
  double gflops(double atLeastSeconds) {
    long before = THREADS.getCurrentThreadCpuTime();
    long spent = 0;
    long flops = 0;
    while (spent < atLeastSeconds * 1e9) {
      for (int i = 0; i < 50; i++) {
        kernels.multiply(ROWS, WIDTH, WIDTH, a, 0, WIDTH, b, 0, WIDTH, c, 0, WIDTH);
      }
      flops += 50L * 2 * ROWS * WIDTH * WIDTH;
      spent = THREADS.getCurrentThreadCpuTime() - before;
    }
    return (double) flops / spent;
  }
}
