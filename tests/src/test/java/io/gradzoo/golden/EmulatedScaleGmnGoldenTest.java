package io.gradzoo.golden;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gradzoo.engine.device.EmulatedAccelerator;
import io.gradzoo.engine.device.KernelCache;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.gpu.GpuDevice;
import org.junit.jupiter.api.BeforeAll;

/** The golden cases with the kernels of a GPU, emulated. */
class EmulatedScaleGmnGoldenTest extends ScaleGmnGoldenTest {
  private static Device device;

  @BeforeAll
  static void open() {
    boolean required = "required".equals(System.getenv("GRADZOO_COMPILER"));
    assumeTrue(required || EmulatedAccelerator.available(), "no C++ compiler");
    device = new GpuDevice(EmulatedAccelerator.open(KernelCache.ofUser()));
  }

  @Override
  Device device() {
    return device;
  }
}
