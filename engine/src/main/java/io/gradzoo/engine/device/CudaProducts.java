package io.gradzoo.engine.device;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.FloatByReference;
import com.sun.jna.ptr.PointerByReference;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.tensor.gpu.Instruction.BatchedProduct;
import io.gradzoo.engine.tensor.gpu.Instruction.Factor;
import io.gradzoo.engine.tensor.gpu.Instruction.MatrixProduct;

/** cuBLAS on one stream; names of functions are those of {@code cublas_api.h}. */
final class CudaProducts {
  private static final int AS_STORED = 0;
  private static final int TRANSPOSED = 1;
  private static final int DEFAULT_MATH = 0;
  private static final int TF32_MATH = 3;
  private static final int MOST_AT_A_TIME = 65_535;

  /** Memory that products may use, of a size that NVIDIA recommends for Hopper. */
  static final long WORKSPACE = 32L << 20;

  private final Pointer handle;

  private CudaProducts(Pointer handle) {
    this.handle = handle;
  }

  /**
   * @param workspace address of {@link #WORKSPACE} bytes
   * @throws io.gradzoo.engine.fault.FaultException if there is no such library
   */
  static CudaProducts open(Pointer stream, long workspace, ProductPrecision precision) {
    SharedLibraries.bind(CudaProducts.class, "cuBLAS", "libcublas.so.13", "libcublas.so.12");
    PointerByReference handle = new PointerByReference();
    check(cublasCreate_v2(handle));
    check(cublasSetStream_v2(handle.getValue(), stream));
    check(cublasSetWorkspace_v2(handle.getValue(), workspace, WORKSPACE));
    check(
        cublasSetMathMode(
            handle.getValue(), precision == ProductPrecision.TF32 ? TF32_MATH : DEFAULT_MATH));
    return new CudaProducts(handle.getValue());
  }

  /**
   * Adds a product to the stream. cuBLAS stores columns together: row by row it sees transposes,
   * and {@code Cᵀ = op(B)ᵀ op(A)ᵀ}.
   */
  void add(MatrixProduct of) {
    Factor a = of.a();
    Factor b = of.b();
    check(
        cublasSgemm_v2(
            handle,
            b.transposed() ? TRANSPOSED : AS_STORED,
            a.transposed() ? TRANSPOSED : AS_STORED,
            of.n(),
            of.m(),
            of.k(),
            new FloatByReference(of.alpha()),
            b.address(),
            b.stride(),
            a.address(),
            a.stride(),
            new FloatByReference(of.beta()),
            of.c(),
            of.ldc()));
  }

  /** Adds products to the stream, as many at a time as a grid of blocks is high. */
  void add(BatchedProduct batch) {
    MatrixProduct of = batch.first();
    Factor a = of.a();
    Factor b = of.b();
    for (int from = 0; from < batch.count(); from += MOST_AT_A_TIME) {
      check(
          cublasSgemmStridedBatched(
              handle,
              b.transposed() ? TRANSPOSED : AS_STORED,
              a.transposed() ? TRANSPOSED : AS_STORED,
              of.n(),
              of.m(),
              of.k(),
              new FloatByReference(of.alpha()),
              b.address() + (long) Float.BYTES * from * batch.stepB(),
              b.stride(),
              batch.stepB(),
              a.address() + (long) Float.BYTES * from * batch.stepA(),
              a.stride(),
              batch.stepA(),
              new FloatByReference(of.beta()),
              of.c() + (long) Float.BYTES * from * batch.stepC(),
              of.ldc(),
              batch.stepC(),
              Math.min(MOST_AT_A_TIME, batch.count() - from)));
    }
  }

  private static void check(int status) {
    if (status != 0) {
      throw Fault.of("GPU")
          .at("cuBLAS")
          .found("error %d", status)
          .fix("engine.device = cpu")
          .exception();
    }
  }

  private static native int cublasCreate_v2(PointerByReference handle);

  private static native int cublasSetStream_v2(Pointer handle, Pointer stream);

  private static native int cublasSetWorkspace_v2(Pointer handle, long workspace, long bytes);

  private static native int cublasSetMathMode(Pointer handle, int mode);

  private static native int cublasSgemm_v2(
      Pointer handle,
      int operationA,
      int operationB,
      int m,
      int n,
      int k,
      FloatByReference alpha,
      long a,
      int lda,
      long b,
      int ldb,
      FloatByReference beta,
      long c,
      int ldc);

  private static native int cublasSgemmStridedBatched(
      Pointer handle,
      int operationA,
      int operationB,
      int m,
      int n,
      int k,
      FloatByReference alpha,
      long a,
      int lda,
      long stepA,
      long b,
      int ldb,
      long stepB,
      FloatByReference beta,
      long c,
      int ldc,
      long stepC,
      int count);
}
