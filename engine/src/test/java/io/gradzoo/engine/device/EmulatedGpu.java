package io.gradzoo.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gradzoo.engine.tensor.gpu.GpuDevice;

/**
 * The emulated device of tests. Where there is no C++ compiler, tests that ask for it are skipped,
 * unless {@code GRADZOO_COMPILER=required} is in the environment, as in {@code .ci/run}.
 */
public final class EmulatedGpu {
  private static EmulatedAccelerator accelerator;

  private EmulatedGpu() {}

  /** A device with memory of its own. */
  public static GpuDevice device() {
    return new GpuDevice(accelerator());
  }

  /** What runs it. */
  public static synchronized EmulatedAccelerator accelerator() {
    if (accelerator == null) {
      boolean available = EmulatedAccelerator.available();
      if ("required".equals(System.getenv("GRADZOO_COMPILER"))) {
        assertThat(available).as("a C++ compiler").isTrue();
      }
      assumeTrue(available, "no C++ compiler: the emulated GPU is not tested");
      accelerator = EmulatedAccelerator.open(KernelCache.ofUser());
    }
    return accelerator;
  }
}
