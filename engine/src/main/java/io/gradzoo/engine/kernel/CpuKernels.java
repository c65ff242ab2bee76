package io.gradzoo.engine.kernel;

/**
 * Chooses the kernels of this machine: the Vector API where the JVM was started with {@code
 * --add-modules jdk.incubator.vector}, else plain loops with ND4J's product if it is on the class
 * path, else plain loops.
 */
public final class CpuKernels {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private static final Kernels SCALAR = new ScalarKernels();
  private static final Kernels BEST = choose();

  private CpuKernels() {}

  /** The fastest kernels that run here; the same for the life of the JVM. */
  public static Kernels best() {
    return BEST;
  }

  /** Plain loops: the slow reference. */
  public static Kernels scalar() {
    return SCALAR;
  }

  private static Kernels choose() {
    // No class that mentions the Vector API or ND4J may be initialised before these checks.
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent() && VectorKernels.fit()) {
      return new VectorKernels();
    }
    try {
      return new Nd4jKernels();
    } catch (LinkageError | RuntimeException absent) {
      return SCALAR;
    }
  }
}
