package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.Parameters;

/**
 * A metanetwork's parameters and their gradients on the device, one pair for all programs that
 * share the host's. Values are copied when the host's have changed; gradients are added to the
 * host's after every backward sweep.
 */
final class ResidentParameters {
  private final Accelerator accelerator;
  private final Accelerator.DeviceMemory memory;
  private final float[] received;
  private final long gradients;
  private int version;
  private boolean empty = true;

  ResidentParameters(Accelerator accelerator, int size) {
    this.accelerator = accelerator;
    this.received = new float[size];
    long bytes = (long) Float.BYTES * Math.max(64, (size() + 63) / 64 * 64);
    this.memory = accelerator.allocate(2 * bytes);
    this.gradients = memory.address() + bytes;
  }

  int size() {
    return received.length;
  }

  /** Where the values lie. */
  long values() {
    return memory.address();
  }

  /** Where the gradients lie. */
  long gradients() {
    return gradients;
  }

  /** Brings the values up to date. */
  void refresh(Parameters host) {
    if (empty || version != host.version()) {
      empty = false;
      version = host.version();
      accelerator.write(values(), host.values(), size());
    }
  }

  /** Adds the gradients to the host's. */
  void addGradients(Parameters host) {
    accelerator.read(gradients, received, size());
    float[] sums = host.gradients();
    for (int i = 0; i < received.length; i++) {
      sums[i] += received[i];
    }
  }
}
