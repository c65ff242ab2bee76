package io.gradzoo.engine.kernel;

/** Chooses the kernels of this machine. */
public final class CpuKernels {
  private static final Kernels BEST = new ScalarKernels();

  private CpuKernels() {}

  /** The fastest kernels that run here. */
  public static Kernels best() {
    return BEST;
  }

  /** Plain loops: the slow reference. */
  public static Kernels scalar() {
    return new ScalarKernels();
  }
}
