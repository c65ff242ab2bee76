package io.gradzoo.engine.kernel;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Runs every kernel once on fixed numbers and ragged shapes. As a program it prints the name of the
 * kernels it was given by {@link CpuKernels#best()} and the bits of all results, so that a test can
 * compare JVMs that were started in different ways.
 */
final class KernelProbe {
  private static final int ROWS = 7;
  private static final int[] WIDTHS = {1, 5, 9, 16, 33, 64, 103};

  /** Rows of a product by lanes at most. */
  private static final int WIDEST = 33;

  private final Kernels kernels;
  private final Inputs[] inputs = new Inputs[WIDTHS.length];

  KernelProbe(Kernels kernels) {
    this.kernels = kernels;
    Arrays.setAll(inputs, i -> new Inputs(WIDTHS[i]));
  }

  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
    Kernels best = CpuKernels.best();
    out.println(best.name());
    KernelProbe probe = new KernelProbe(best);
    probe.run();
    for (float result : probe.results()) {
      out.println(Float.floatToIntBits(result));
    }
    out.flush();
  }

  /** Runs every kernel once for each width, and allocates nothing itself. */
  void run() {
    for (Inputs each : inputs) {
      each.run();
    }
  }

  /** What the last run wrote, all in one. */
  float[] results() {
    int length = 0;
    for (Inputs each : inputs) {
      length += each.out.length;
    }
    float[] all = new float[length];
    int at = 0;
    for (Inputs each : inputs) {
      System.arraycopy(each.out, 0, all, at, each.out.length);
      at += each.out.length;
    }
    return all;
  }

  private final class Inputs {
    private final int w;
    private final int n;
    private final float[] x;
    private final float[] y;
    private final float[] square;
    private final float[] gain;
    private final float[] shift;
    private final float[] statistics = new float[2 * ROWS];
    private final float[] slopes;

    /** What the kernels of lanes read: [9, LANES] numbers from every second row on. */
    private final float[] lanes;

    private final int[] rows;
    private final int[] places = {0, 2 * Kernels.LANES, 4 * Kernels.LANES};
    private final int[] rowsOfMatrix = {0, 2, 1};
    private final int[] targets;

    /** Each kernel writes its own n numbers, one product w², and those of lanes what they need. */
    private final float[] out;

    Inputs(int width) {
      SplittableRandom random = new SplittableRandom(width);
      w = width;
      n = ROWS * width;
      x = normal(random, n);
      y = normal(random, n);
      square = normal(random, w * w);
      gain = normal(random, w + 2);
      shift = normal(random, w);
      slopes = new float[n];
      int m = Math.min(w, WIDEST);
      lanes = normal(random, (4 + Math.max(ROWS, m)) * Kernels.LANES);
      rows = new int[] {0, 3 * Kernels.LANES, Kernels.LANES};
      targets = new int[] {0, m * Kernels.LANES, 2 * m * Kernels.LANES};
      out = new float[32 * n + w * w + 2 * targets.length * m * Kernels.LANES];
    }

    void run() {
      Arrays.fill(out, 0.5f);
      int at = 0;
      kernels.multiply(ROWS, w, w, x, 0, w, square, 0, w, out, at, w);
      at += n;
      kernels.multiplyAdd(ROWS, w, w, x, 0, w, square, 0, w, out, at, w);
      at += n;
      kernels.affine(ROWS, w, w, x, 0, w, square, 0, w, shift, 0, out, at, w);
      at += n;
      kernels.transpose(ROWS, w, x, 0, w, out, at, ROWS);
      at += n;
      kernels.add(x, 0, out, at, n);
      at += n;
      kernels.sum(x, 0, y, 0, out, at, n);
      at += n;
      kernels.addScaled(0.3f, x, 0, out, at, n);
      at += n;
      kernels.scale(0.3f, x, 0, out, at, n);
      at += n;
      kernels.product(x, 0, y, 0, out, at, n);
      at += n;
      kernels.addProduct(x, 0, y, 0, out, at, n);
      at += n;
      out[at] = kernels.dot(x, 0, y, 0, n);
      kernels.addColumnSums(ROWS, w, x, 0, out, at + w);
      at += n;
      kernels.relu(x, 0, out, at, n);
      at += n;
      kernels.reluAdjoint(x, 0, y, 0, out, at, n);
      at += n;
      kernels.silu(x, 0, out, at, n);
      at += n;
      kernels.siluAdjoint(x, 0, y, 0, out, at, n);
      at += n;
      kernels.tanh(x, 0, out, at, n);
      at += n;
      kernels.abs(x, 0, out, at, n);
      at += n;
      kernels.absAdjoint(x, 0, y, 0, out, at, n);
      at += n;
      kernels.layerNormSilu(ROWS, w, x, 0, gain, 0, shift, 0, out, at, statistics, 0);
      System.arraycopy(statistics, 0, out, at + n, Math.min(n, 2 * ROWS));
      at += 2 * n;
      kernels.layerNormSiluSlopes(
          ROWS, w, x, 0, gain, 0, shift, 0, statistics, 0, out, at, slopes, 0);
      System.arraycopy(slopes, 0, out, at + n, n);
      at += 2 * n;
      kernels.layerNormAdjoint(
          ROWS,
          w,
          x,
          0,
          gain,
          0,
          statistics,
          0,
          slopes,
          0,
          y,
          0,
          out,
          at,
          out,
          at + n,
          out,
          at + 2 * n);
      at += 3 * n;
      kernels.unitNorm(ROWS, w, x, 0, out, at, statistics, 0);
      System.arraycopy(statistics, 0, out, at + n, ROWS);
      kernels.unitNormAdjoint(ROWS, w, out, at, statistics, 0, y, 0, out, at + 2 * n);
      kernels.transposedMultiplyAdd(w, w, ROWS, x, 0, w, y, 0, w, out, 28 * n, w);
      System.arraycopy(x, 0, out, 28 * n + w * w, n);
      at = 28 * n + w * w;
      kernels.exponentialColumns(ROWS, w, out, at, out, at + n, out, at + n + w);
      System.arraycopy(y, 0, out, at + 2 * n, n);
      System.arraycopy(x, 0, out, at + 3 * n, n);
      kernels.relu(out, at + 3 * n, out, at + 3 * n, n);
      kernels.scale(-1f, out, at + 3 * n, out, at + 3 * n, n);
      kernels.exponentialAndProduct(out, at + 3 * n, out, at + 2 * n, n);
      runLanes(at + 4 * n);
    }

    private void runLanes(int at) {
      int m = Math.min(w, WIDEST);
      int n = places.length * Kernels.LANES;
      kernels.multiplyAtPlaces(
          m,
          n,
          rows.length,
          gain,
          0,
          rowsOfMatrix,
          lanes,
          0,
          places,
          rows,
          gain,
          0,
          out,
          at,
          targets);
      kernels.outerProducts(
          m, n, places.length, lanes, 0, places, lanes, 0, places, rows, out, at + m * n);
    }
  }

  private static float[] normal(SplittableRandom random, int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) (3 * random.nextGaussian());
    }
    return x;
  }
}
