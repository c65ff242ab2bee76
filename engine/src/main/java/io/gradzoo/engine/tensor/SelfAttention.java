package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;

/**
 * Self-attention within one sequence of rows x [n, in]. With the composed maps W and C of {@link
 * AttentionMaps}, the queries of all heads are further columns [in, heads · n] to the same keys and
 * values x:
 *
 * <pre>
 *   S = x · (W xᵀ)    P = softmax of S down its columns    Z = xᵀ P    y = Σ over heads of Zᵀ C
 * </pre>
 *
 * <p>P is never there as a whole: a block of its columns is made, used, and made again in the
 * adjoint. Only Z, no larger than the queries, is kept in between.
 */
final class SelfAttention {
  /** Numbers in a block of P, which with its gradient stays in the cache. */
  private static final int BLOCK = 8192;

  /** Columns of a block at least, and what their number is a multiple of: whole vectors. */
  private static final int COLUMNS = 64;

  private final Kernels kernels;
  private final AttentionMaps maps;
  private final int n;
  private final int in;
  private final int out;
  private final int heads;
  private final int columns;
  private final int blockColumns;
  private final float[] transposed;
  private final float[] queries;
  private final float[] weights;
  private final float[] weightGradients;
  private final float[] mixedGradients;
  private final float[] queryGradients;
  private final float[] outputTransposed;
  private final float[] rows;
  private final float[] along;

  /**
   * @param n rows of a sequence
   */
  SelfAttention(Kernels kernels, AttentionMaps maps, AttentionParameters sizes, int n) {
    this.kernels = kernels;
    this.maps = maps;
    this.n = n;
    this.in = sizes.in();
    this.out = sizes.out();
    this.heads = sizes.heads();
    this.columns = heads * n;
    this.blockColumns = Math.min(columns, Math.max(COLUMNS, BLOCK / n / COLUMNS * COLUMNS));
    this.transposed = new float[in * n];
    this.queries = new float[in * columns];
    this.weights = new float[n * blockColumns];
    this.weightGradients = new float[n * blockColumns];
    this.mixedGradients = new float[in * columns];
    this.queryGradients = new float[in * columns];
    this.outputTransposed = new float[out * n];
    this.rows = new float[blockColumns * in];
    this.along = new float[blockColumns];
  }

  /** Numbers of Z for one sequence. */
  static int mixedSize(AttentionParameters sizes, int n) {
    return sizes.in() * sizes.heads() * n;
  }

  /**
   * @param x [n, in]
   * @param mixed output, Z [in, heads · n] from {@code zo}, kept for the adjoint
   * @param y output, [n, out]
   */
  void forward(float[] x, float[] mixed, int zo, float[] y) {
    setQueries(x);
    for (int from = 0; from < columns; from += blockColumns) {
      int count = Math.min(blockColumns, columns - from);
      setWeights(x, from, count);
      kernels.multiply(
          in, count, n, transposed, 0, n, weights, 0, count, mixed, zo + from, columns);
    }
    Arrays.fill(y, 0f);
    for (int h = 0; h < heads; h++) {
      float[] c = maps.outputs();
      kernels.transposedMultiplyAdd(
          n, out, in, mixed, zo + h * n, columns, c, h * in * out, out, y, 0, out);
    }
  }

  /**
   * Adds to the gradients of the maps.
   *
   * @param x [n, in]
   * @param mixed what {@link #forward} wrote
   * @param dy [n, out]
   * @param dx output, [n, in], or null if it is not wanted
   */
  void adjoint(float[] x, float[] mixed, int zo, float[] dy, float[] dx) {
    setQueries(x);
    outputAdjoint(mixed, zo, dy);
    if (dx != null) {
      Arrays.fill(dx, 0f);
    }
    for (int from = 0; from < columns; from += blockColumns) {
      int count = Math.min(blockColumns, columns - from);
      setWeights(x, from, count);
      blockAdjoint(x, from, count, dx);
    }
    for (int h = 0; h < heads; h++) {
      int w = h * in * in;
      int dq = h * n;
      kernels.multiplyAdd(
          in, in, n, queryGradients, dq, columns, x, 0, in, maps.logitGradients(), w, in);
      if (dx != null) {
        kernels.transposedMultiplyAdd(
            n, in, in, queryGradients, dq, columns, maps.logits(), w, in, dx, 0, in);
      }
    }
  }

  /** xᵀ and W xᵀ. */
  private void setQueries(float[] x) {
    kernels.transpose(n, in, x, 0, in, transposed, 0, n);
    for (int h = 0; h < heads; h++) {
      int w = h * in * in;
      kernels.multiply(in, n, in, maps.logits(), w, in, transposed, 0, n, queries, h * n, columns);
    }
  }

  /** A block of columns of P. */
  private void setWeights(float[] x, int from, int count) {
    kernels.multiply(n, count, in, x, 0, in, queries, from, columns, weights, 0, count);
    kernels.softmaxColumns(n, count, weights, 0);
  }

  /** The gradients of Z and C. */
  private void outputAdjoint(float[] mixed, int zo, float[] dy) {
    kernels.transpose(n, out, dy, 0, out, outputTransposed, 0, n);
    for (int h = 0; h < heads; h++) {
      int c = h * in * out;
      int z = h * n;
      kernels.multiply(
          in, n, out, maps.outputs(), c, out, outputTransposed, 0, n, mixedGradients, z, columns);
      kernels.multiplyAdd(
          in, out, n, mixed, zo + z, columns, dy, 0, out, maps.outputGradients(), c, out);
    }
  }

  /** The gradients of a block's queries, and what the block adds to that of x. */
  private void blockAdjoint(float[] x, int from, int count, float[] dx) {
    float[] ds = weightGradients;
    kernels.multiply(n, count, in, x, 0, in, mixedGradients, from, columns, ds, 0, count);
    addTransposed(weights, mixedGradients, from, count, dx);
    Arrays.fill(along, 0, count, 0f);
    kernels.addColumnSumsOfProducts(n, count, weights, 0, ds, 0, along, 0);
    kernels.scale(-1f, along, 0, along, 0, count);
    kernels.sumWithRow(n, count, ds, 0, along, 0, ds, 0);
    kernels.product(weights, 0, ds, 0, ds, 0, n * count);
    kernels.multiply(in, count, n, transposed, 0, n, ds, 0, count, queryGradients, from, columns);
    addTransposed(ds, queries, from, count, dx);
  }

  /** dx [n, in] += a · bᵀ, for a block a [n, count] and columns of b [in, heads · n]. */
  private void addTransposed(float[] a, float[] b, int from, int count, float[] dx) {
    if (dx != null) {
      kernels.transpose(in, count, b, from, columns, rows, 0, in);
      kernels.multiplyAdd(n, in, count, a, 0, count, rows, 0, in, dx, 0, in);
    }
  }
}
