package io.gradzoo.engine.kernel;

/**
 * The arithmetic behind every operation: dense products and fused loops over float32 rows.
 *
 * <p>Every matrix is row-major. An argument pair such as {@code (a, ao)} is an array and the index
 * of its first number; {@code lda} is the distance between rows. Results never depend on anything
 * but the arguments, so two runs on one machine agree to the bit; two implementations agree to
 * rounding. Arrays that are written must not overlap others unless a method says so. Nothing
 * allocates.
 */
public interface Kernels {
  /** Samples that lie side by side in the kernels that work by lanes. */
  int LANES = 16;

  /** Short name for logs and benchmark reports, such as {@code vector-512}. */
  String name();

  /**
   * The product behind the four below: C[i, j] = start[i, j] + Σₚ A(i, p) · B[p, j], for B [k, n]
   * and C [m, n].
   *
   * @param rowStep distance of A(i + 1, p) from A(i, p)
   * @param depthStep distance of A(i, p + 1) from A(i, p); one of the two steps is 1
   * @param start may be C in its place; null for zeros, with {@code so} and {@code lds} 0
   * @param lds distance between rows of the start; 0 where all rows begin alike
   */
  void gemm(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int rowStep,
      int depthStep,
      float[] b,
      int bo,
      int ldb,
      float[] start,
      int so,
      int lds,
      float[] c,
      int co,
      int ldc);

  /** C = A·B, with A [m, k], B [k, n], C [m, n]. */
  default void multiply(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      int ldc) {
    gemm(m, n, k, a, ao, lda, 1, b, bo, ldb, null, 0, 0, c, co, ldc);
  }

  /** C += A·B, with A [m, k], B [k, n], C [m, n]. */
  default void multiplyAdd(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      int ldc) {
    gemm(m, n, k, a, ao, lda, 1, b, bo, ldb, c, co, ldc, c, co, ldc);
  }

  /** C = 1·biasᵀ + A·B, with A [m, k], B [k, n], bias [n], C [m, n]. */
  default void affine(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] bias,
      int biasOffset,
      float[] c,
      int co,
      int ldc) {
    gemm(m, n, k, a, ao, lda, 1, b, bo, ldb, bias, biasOffset, 0, c, co, ldc);
  }

  /** C += Aᵀ·B, with A [k, m], B [k, n], C [m, n]. */
  default void transposedMultiplyAdd(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      int ldc) {
    gemm(m, n, k, a, ao, 1, lda, b, bo, ldb, c, co, ldc, c, co, ldc);
  }

  /** y = Aᵀ for A [rows, columns]. */
  void transpose(int rows, int columns, float[] a, int ao, int lda, float[] y, int yo, int ldy);

  /**
   * C = start·1ᵀ + Aᵀ·B at many places, where columns are samples: C [m, LANES] lies at {@code co +
   * to[q]} for place q, row p of B [k, LANES] at {@code bo + from[q] + rows[p]}, and row p of A [k,
   * m] at {@code ao + matrixRows[p]}. A convolution is such a product without copies of patches.
   *
   * @param n places times LANES: as many as {@code from} and {@code to} have
   * @param matrixRows [k]
   * @param rows [k]
   * @param start [m], what the sums begin with
   */
  void multiplyAtPlaces(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int[] matrixRows,
      float[] b,
      int bo,
      int[] from,
      int[] rows,
      float[] start,
      int so,
      float[] c,
      int co,
      int[] to);

  /**
   * Y = Σ over places of a bᵀ, sample by sample: y[i, j] = Σ a[i] ⊙ b[j] with Y [m, n] and LANES
   * samples in a number's place. For place q, a[i] lies at {@code ao + aPlaces[q] + i · LANES},
   * b[j] at {@code bo + bPlaces[q] + columns[j]}.
   *
   * @param n columns times LANES
   * @param k places: as many as {@code aPlaces} and {@code bPlaces} have
   * @param y set, [m, n]
   */
  void outerProducts(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int[] aPlaces,
      float[] b,
      int bo,
      int[] bPlaces,
      int[] columns,
      float[] y,
      int yo);

  /** y += x, n numbers. */
  void add(float[] x, int xo, float[] y, int yo, int n);

  /** y = a + b; y may be a or b. */
  void sum(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n);

  /** y += alpha · x. */
  void addScaled(float alpha, float[] x, int xo, float[] y, int yo, int n);

  /** y = alpha · x; y may be x. */
  void scale(float alpha, float[] x, int xo, float[] y, int yo, int n);

  /** y = a ⊙ b; y may be a or b. */
  void product(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n);

  /** y += a ⊙ b. */
  void addProduct(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n);

  /** ⟨a, b⟩. */
  float dot(float[] a, int ao, float[] b, int bo, int n);

  /** y [width] += Σ over rows of x [rows, width]. */
  void addColumnSums(int rows, int width, float[] x, int xo, float[] y, int yo);

  /** y [width] += Σ over rows of a ⊙ b, both [rows, width]. */
  void addColumnSumsOfProducts(
      int rows, int width, float[] a, int ao, float[] b, int bo, float[] y, int yo);

  /** Every row of y [rows, width] = the row of x + v [width]; y may be x. */
  void sumWithRow(int rows, int width, float[] x, int xo, float[] v, int vo, float[] y, int yo);

  /** Every row of y [rows, width] = the row of x ⊙ v [width]; y may be x. */
  void productWithRow(int rows, int width, float[] x, int xo, float[] v, int vo, float[] y, int yo);

  /** Every row of y [rows, width] += the row of x ⊙ v [width]. */
  void addProductWithRow(
      int rows, int width, float[] x, int xo, float[] v, int vo, float[] y, int yo);

  /** y = max(x, 0); y may be x. */
  void relu(float[] x, int xo, float[] y, int yo, int n);

  /** dx += dy where y = relu(x) is positive. */
  void reluAdjoint(float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int n);

  /** dx = dy where y = relu(x) is positive, else 0; dx may be dy. */
  void gateByRelu(float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int n);

  /** y = x · σ(x) (SiLU). */
  void silu(float[] x, int xo, float[] y, int yo, int n);

  /** dx += dy ⊙ silu′(x). */
  void siluAdjoint(float[] x, int xo, float[] dy, int dyo, float[] dx, int dxo, int n);

  /** y = tanh(x); y may be x. */
  void tanh(float[] x, int xo, float[] y, int yo, int n);

  /** y = sin(w x), with w the frequency; y must not be x. */
  void sine(float frequency, float[] x, int xo, float[] y, int yo, int n);

  /** dx = dy ⊙ w cos(w x), with w the frequency; dx may be dy. */
  void gateBySine(
      float frequency, float[] x, int xo, float[] dy, int dyo, float[] dx, int dxo, int n);

  /**
   * Each column of x [rows ≥ 1, width] becomes exp(x − largest) with its largest number: the
   * softmax of the column but for its sum. With a NaN in it, their product with the inverse is NaN.
   *
   * @param shifts output, [width]: −largest
   * @param inverses output, [width]: 1 / Σ exp(x − largest)
   */
  void exponentialColumns(
      int rows,
      int width,
      float[] x,
      int xo,
      float[] shifts,
      int shiftsOffset,
      float[] inverses,
      int inversesOffset);

  /** x = exp(x) for x that is at most 0 but for rounding, and y = y ⊙ exp(x). */
  void exponentialAndProduct(float[] x, int xo, float[] y, int yo, int n);

  /** y = |x|. */
  void abs(float[] x, int xo, float[] y, int yo, int n);

  /** dx += dy ⊙ sign(x), with sign(0) = 0. */
  void absAdjoint(float[] x, int xo, float[] dy, int dyo, float[] dx, int dxo, int n);

  /**
   * y = silu(gain ⊙ x̂ + shift), with x̂ each row of x centred and divided by √(variance + 1e-5)
   * (biased variance).
   *
   * @param x [rows, width]
   * @param gain [width]
   * @param shift [width]
   * @param y [rows, width]
   * @param statistics output, [rows, 2]: each row's mean and 1/√(variance + 1e-5), kept for the
   *     adjoint
   */
  void layerNormSilu(
      int rows,
      int width,
      float[] x,
      int xo,
      float[] gain,
      int gainOffset,
      float[] shift,
      int shiftOffset,
      float[] y,
      int yo,
      float[] statistics,
      int so);

  /** The statistics of {@link #layerNormSilu} alone. */
  void layerNormStatistics(int rows, int width, float[] x, int xo, float[] statistics, int so);

  /**
   * {@link #layerNormSilu} from its statistics, and the slopes silu′(gain ⊙ x̂ + shift) that {@link
   * #layerNormAdjoint} needs.
   *
   * @param y output, [rows, width]
   * @param slopes output, [rows, width]
   */
  void layerNormSiluSlopes(
      int rows,
      int width,
      float[] x,
      int xo,
      float[] gain,
      int gainOffset,
      float[] shift,
      int shiftOffset,
      float[] statistics,
      int so,
      float[] y,
      int yo,
      float[] slopes,
      int slopesOffset);

  /**
   * Adjoint of {@link #layerNormSilu}: dx is set, and may be dy; dGain and dShift are added to.
   *
   * @param slopes [rows, width], from {@link #layerNormSiluSlopes}; overwritten
   */
  void layerNormAdjoint(
      int rows,
      int width,
      float[] x,
      int xo,
      float[] gain,
      int gainOffset,
      float[] statistics,
      int so,
      float[] slopes,
      int slopesOffset,
      float[] dy,
      int dyo,
      float[] dx,
      int dxo,
      float[] dGain,
      int dGainOffset,
      float[] dShift,
      int dShiftOffset);

  /**
   * y = x / (‖x‖₂ + 1e-10) for each row: the canonical form under positive scaling. A zero row
   * stays zero.
   *
   * @param inverseNorm output, [rows]: 1 / (‖x‖ + 1e-10), kept for the adjoint
   */
  void unitNorm(
      int rows, int width, float[] x, int xo, float[] y, int yo, float[] inverseNorm, int no);

  /** dx += inverseNorm · (dy − y ⟨y, dy⟩) for each row, with y the forward output. */
  void unitNormAdjoint(
      int rows,
      int width,
      float[] y,
      int yo,
      float[] inverseNorm,
      int no,
      float[] dy,
      int dyo,
      float[] dx,
      int dxo);
}
