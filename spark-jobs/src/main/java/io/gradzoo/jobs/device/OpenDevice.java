package io.gradzoo.jobs.device;

import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.cpu.CpuDevice;

/**
 * A device, opened by a task.
 *
 * @param place which of the machine's it is, so that another task does not take one for another's
 * @param name such as {@code cuda:0 NVIDIA H200}
 * @param reason why the CPU stands in for a GPU, a line; empty if it does not
 */
public record OpenDevice(Device device, int place, String name, String reason) {
  static final int NO_GPU = -1;

  /** The CPU, and why it stands in for a GPU, if it does. */
  public static OpenDevice cpu(String reason) {
    return new OpenDevice(CpuDevice.best(), NO_GPU, "cpu", reason);
  }

  /** Whether it is the CPU. */
  public boolean ofHost() {
    return place == NO_GPU;
  }
}
