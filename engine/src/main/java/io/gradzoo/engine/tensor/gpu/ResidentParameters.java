package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.Parameters;
import java.util.List;

/**
 * A metanetwork's parameters and their gradients on the device, one pair for all programs that
 * share the host's. Values are copied when the host's have changed. Gradients are added to the
 * host's after every backward sweep, but in a {@link GpuTraining} they stay.
 */
final class ResidentParameters {
  /** Of the doubles that {@code training.cu} keeps of a step. */
  private static final long STEP_BYTES = 3 * Double.BYTES;

  private final Accelerator accelerator;
  private final Accelerator.DeviceMemory memory;
  private final Accelerator.Sequence clearing;
  private final float[] received;
  private final long gradients;
  private final long step;
  private boolean training;
  private int version;
  private boolean empty = true;

  ResidentParameters(Accelerator accelerator, int size) {
    this.accelerator = accelerator;
    this.received = new float[size];
    long bytes = (long) Float.BYTES * Math.max(64, (size() + 63) / 64 * 64);
    this.memory = accelerator.allocate(2 * bytes + STEP_BYTES);
    this.gradients = memory.address() + bytes;
    this.step = gradients + bytes;
    long numbers = (bytes + STEP_BYTES) / Float.BYTES;
    this.clearing = accelerator.prepare(List.of(new Instruction.Clearing(gradients, numbers)));
  }

  int size() {
    return received.length;
  }

  /** Where the values lie. */
  long values() {
    return memory.address();
  }

  /** Where the gradients lie; zeros but for what backward sweeps have added. */
  long gradients() {
    return gradients;
  }

  /** Where what is known of the step that is being made lies. */
  long step() {
    return step;
  }

  /** Brings the values up to date. */
  void refresh(Parameters host) {
    if (empty || version != host.version()) {
      empty = false;
      version = host.version();
      accelerator.write(values(), host.values(), size());
    }
  }

  /** Begins a training, whose gradients stay, with gradients of zero. */
  void train(Parameters host) {
    refresh(host);
    clearing.run();
    training = true;
  }

  /** Ends a training of which nothing is wanted. */
  void leave() {
    training = false;
    empty = true;
    clearing.run();
  }

  /** Ends a training: copies the values to the host. */
  void copyTo(Parameters host) {
    accelerator.read(values(), host.values(), size());
    host.changed();
    training = false;
    version = host.version();
  }

  /** After a backward sweep: adds the gradients to the host's, unless they stay. */
  void collect(Parameters host) {
    if (training) {
      return;
    }
    accelerator.read(gradients, received, size());
    clearing.run();
    float[] sums = host.gradients();
    for (int i = 0; i < received.length; i++) {
      sums[i] += received[i];
    }
  }
}
