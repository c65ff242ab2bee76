package io.gradzoo.jobs.gpu;

import io.gradzoo.engine.device.WrappedAccelerator;
import io.gradzoo.engine.tensor.gpu.Accelerator;

/** An accelerator of which is noted how much memory it was asked for. */
final class MeteredAccelerator extends WrappedAccelerator {
  private long bytes;

  MeteredAccelerator(Accelerator metered) {
    super(metered);
  }

  /** Bytes that were asked for, given back or not. */
  long bytes() {
    return bytes;
  }

  @Override
  public DeviceMemory allocate(long wanted) {
    bytes += wanted;
    return super.allocate(wanted);
  }
}
