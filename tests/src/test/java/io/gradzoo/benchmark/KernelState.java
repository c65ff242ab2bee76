package io.gradzoo.benchmark;

import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.kernel.Kernels;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Kernels and the arrays they work on. */
@State(Scope.Thread)
public class KernelState {
  /** {@code best} is what the JVM gets from {@link CpuKernels#best()}. */
  @Param({"best", "scalar"})
  public String kernel;

  /** Rows, width of the result, depth of the product. */
  @Param({"256x128x128", "1024x32x32", "4096x32x32", "1024x9x128"})
  public String shape;

  Kernels kernels;
  int rows;
  int width;
  int depth;

  /** [rows, depth]. */
  float[] a;

  /** [depth, width]. */
  float[] b;

  /** [rows, width]. */
  float[] x;

  float[] dy;
  float[] y;
  float[] dx;

  /** [width]. */
  float[] gain;

  float[] shift;
  float[] dGain;
  float[] dShift;
  float[] statistics;
  float[] slopes;

  /** Fills the inputs, and the statistics that the adjoint of the layer norm needs. */
  @Setup
  public void fill() {
    kernels = "scalar".equals(kernel) ? CpuKernels.scalar() : CpuKernels.best();
    String[] sizes = shape.split("x", -1);
    rows = Integer.parseInt(sizes[0]);
    width = Integer.parseInt(sizes[1]);
    depth = Integer.parseInt(sizes[2]);
    SplittableRandom random = new SplittableRandom(7);
    a = normal(random, rows * depth);
    b = normal(random, depth * width);
    x = normal(random, rows * width);
    dy = normal(random, rows * width);
    gain = normal(random, width);
    shift = normal(random, width);
    y = new float[rows * width];
    statistics = new float[2 * rows];
    slopes = new float[rows * width];
    kernels.layerNormSilu(rows, width, x, 0, gain, 0, shift, 0, y, 0, statistics, 0);
    clear();
  }

  /** Sums that grow through an iteration start from zero. */
  @Setup(Level.Iteration)
  public void clear() {
    dx = new float[rows * width];
    dGain = new float[width];
    dShift = new float[width];
  }

  private static float[] normal(SplittableRandom random, int n) {
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
