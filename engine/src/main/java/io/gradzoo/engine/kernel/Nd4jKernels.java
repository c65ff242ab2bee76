package io.gradzoo.engine.kernel;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Plain loops whose larger products run through ND4J: what serves where the Vector API is absent.
 *
 * <p>A row-major matrix is the column-major layout of its transpose, so C = A·B is asked for as Cᵀ
 * = Bᵀ·Aᵀ in column-major order, the only one in which ND4J's {@code gemm} is fast. Operands are
 * copied to native memory and back: unlike other kernels, these allocate.
 */
final class Nd4jKernels extends ScalarKernels {
  /** Multiplications from which a product outweighs the copies and the call. */
  private static final long WORTHWHILE = 1L << 16;

  /**
   * @throws LinkageError if ND4J is not on the class path
   * @throws RuntimeException if no backend of it works here
   */
  Nd4jKernels() {
    INDArray probe = Nd4j.zeros(DataType.FLOAT, 1, 1);
    Nd4j.gemm(probe, probe, Nd4j.zeros(DataType.FLOAT, 1, 1), false, false, 1.0, 0.0);
  }

  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public void gemm(
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
      int ldc) {
    if ((long) m * n * k < WORTHWHILE) {
      super.gemm(m, n, k, a, ao, rowStep, depthStep, b, bo, ldb, start, so, lds, c, co, ldc);
      return;
    }
    boolean rows = depthStep == 1;
    INDArray left = columnMajor(k, n, b, bo, ldb);
    INDArray right = rows ? columnMajor(m, k, a, ao, rowStep) : columnMajor(k, m, a, ao, depthStep);
    INDArray product = Nd4j.createUninitialized(DataType.FLOAT, new long[] {n, m}, 'f');
    Nd4j.gemm(left, right, product, false, !rows, 1.0, 0.0);
    float[] sums = product.data().asFloat();
    for (int i = 0; i < m; i++) {
      int row = co + i * ldc;
      begin(start, so + i * lds, c, row, n);
      add(sums, i * n, c, row, n);
    }
  }

  /** A copy of the row-major x [rows, width] that ND4J sees as xᵀ [width, rows]. */
  private static INDArray columnMajor(int rows, int width, float[] x, int xo, int ld) {
    float[] copy = new float[rows * width];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(x, xo + row * ld, copy, row * width, width);
    }
    return Nd4j.create(copy, new long[] {width, rows}, 'f');
  }
}
