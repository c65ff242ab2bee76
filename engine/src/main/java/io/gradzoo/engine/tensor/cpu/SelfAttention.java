package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.tensor.AttentionParameters;
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
 * <p>P is never there as a whole, nor is it divided by its sums: a block of columns of E = exp(S −
 * max S), with P = E / Σ E, is made and used, and made again in the adjoint from the largest
 * logits. Only Z, no larger than the queries, is kept in between, and two numbers for each of its
 * columns. The adjoint of softmax is {@code dS = P ⊙ (dP − ⟨P, dP⟩)} with {@code dP = x dZ} and,
 * since Z = xᵀ P, {@code ⟨P, dP⟩ = ⟨Z, dZ⟩}; the division by the sums is carried out on dZ.
 */
final class SelfAttention {
  /** Numbers in a block of E, which stays in the first-level cache. */
  private static final int BLOCK = 8192;

  /** Columns of a block at least, and what their number is a multiple of. */
  private static final int COLUMNS = 64;

  /** What the number of all columns is rounded up to: whole vectors. Queries that pad it are 0. */
  private static final int VECTOR = 16;

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
    this.columns = columns(sizes, n);
    this.blockColumns = Math.min(columns, Math.max(COLUMNS, BLOCK / n / COLUMNS * COLUMNS));
    this.transposed = new float[in * n];
    this.queries = new float[in * columns];
    this.weights = new float[n * blockColumns];
    this.weightGradients = new float[n * blockColumns];
    this.mixedGradients = new float[in * columns];
    this.queryGradients = new float[in * columns];
    this.outputTransposed = new float[out * n];
    this.rows = new float[blockColumns * in];
    this.along = new float[columns];
  }

  /** Numbers that are kept for one sequence. */
  static int keptSize(AttentionParameters sizes, int n) {
    return (sizes.in() + 2) * columns(sizes, n);
  }

  private static int columns(AttentionParameters sizes, int n) {
    return (sizes.heads() * n + VECTOR - 1) / VECTOR * VECTOR;
  }

  /**
   * @param x [n, in]
   * @param kept output from {@code zo}, for the adjoint: Z [in, columns], −max S and 1 / Σ E
   * @param y output, [n, out]
   */
  void forward(float[] x, float[] kept, int zo, float[] y) {
    setQueries(x);
    int shifts = zo + in * columns;
    int inverses = shifts + columns;
    for (int from = 0; from < columns; from += blockColumns) {
      int count = Math.min(blockColumns, columns - from);
      kernels.multiply(n, count, in, x, 0, in, queries, from, columns, weights, 0, count);
      kernels.exponentialColumns(n, count, weights, 0, kept, shifts + from, kept, inverses + from);
      kernels.multiply(in, count, n, transposed, 0, n, weights, 0, count, kept, zo + from, columns);
    }
    kernels.productWithRow(in, columns, kept, zo, kept, inverses, kept, zo);
    Arrays.fill(y, 0f);
    for (int h = 0; h < heads; h++) {
      float[] c = maps.outputs();
      kernels.transposedMultiplyAdd(
          n, out, in, kept, zo + h * n, columns, c, h * in * out, out, y, 0, out);
    }
  }

  /**
   * Adds to the gradients of the maps.
   *
   * @param x [n, in]
   * @param kept what {@link #forward} wrote from {@code zo}
   * @param dy [n, out]
   * @param dx output, [n, in], or null if it is not wanted
   */
  void adjoint(float[] x, float[] kept, int zo, float[] dy, float[] dx) {
    setQueries(x);
    outputAdjoint(kept, zo, dy);
    divideBySums(kept, zo);
    if (dx != null) {
      Arrays.fill(dx, 0f);
    }
    for (int from = 0; from < columns; from += blockColumns) {
      int count = Math.min(blockColumns, columns - from);
      blockAdjoint(x, kept, zo + in * columns, from, count, dx);
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

  /** The gradients of Z and C. */
  private void outputAdjoint(float[] kept, int zo, float[] dy) {
    kernels.transpose(n, out, dy, 0, out, outputTransposed, 0, n);
    for (int h = 0; h < heads; h++) {
      int c = h * in * out;
      int z = h * n;
      kernels.multiply(
          in, n, out, maps.outputs(), c, out, outputTransposed, 0, n, mixedGradients, z, columns);
      kernels.multiplyAdd(
          in, out, n, kept, zo + z, columns, dy, 0, out, maps.outputGradients(), c, out);
    }
  }

  /** dZ / Σ E, and −⟨Z, dZ⟩ / Σ E of every column. */
  private void divideBySums(float[] kept, int zo) {
    int inverses = zo + (in + 1) * columns;
    Arrays.fill(along, 0f);
    kernels.addColumnSumsOfProducts(in, columns, kept, zo, mixedGradients, 0, along, 0);
    kernels.scale(-1f, along, 0, along, 0, columns);
    kernels.product(along, 0, kept, inverses, along, 0, columns);
    kernels.productWithRow(in, columns, mixedGradients, 0, kept, inverses, mixedGradients, 0);
  }

  /** The gradients of a block's queries, and what the block adds to that of x. */
  private void blockAdjoint(float[] x, float[] kept, int shifts, int from, int count, float[] dx) {
    float[] ds = weightGradients;
    int at = shifts + from;
    kernels.affine(n, count, in, x, 0, in, queries, from, columns, kept, at, weights, 0, count);
    kernels.affine(
        n, count, in, x, 0, in, mixedGradients, from, columns, along, from, ds, 0, count);
    kernels.exponentialAndProduct(weights, 0, ds, 0, n * count);
    kernels.multiply(in, count, n, transposed, 0, n, ds, 0, count, queryGradients, from, columns);
    addTransposed(weights, mixedGradients, from, count, dx);
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
