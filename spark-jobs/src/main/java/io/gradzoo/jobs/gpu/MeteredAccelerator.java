package io.gradzoo.jobs.gpu;

import io.gradzoo.engine.tensor.gpu.Accelerator;
import io.gradzoo.engine.tensor.gpu.Instruction;
import java.util.List;

/** An accelerator of which is noted how much memory it was asked for. */
final class MeteredAccelerator implements Accelerator {
  private final Accelerator metered;
  private long bytes;

  MeteredAccelerator(Accelerator metered) {
    this.metered = metered;
  }

  /** Bytes that were asked for, given back or not. */
  long bytes() {
    return bytes;
  }

  @Override
  public String name() {
    return metered.name();
  }

  @Override
  public long memory() {
    return metered.memory();
  }

  @Override
  public DeviceMemory allocate(long wanted) {
    bytes += wanted;
    return metered.allocate(wanted);
  }

  @Override
  public void write(long address, float[] from, int count) {
    metered.write(address, from, count);
  }

  @Override
  public void write(long address, int[] from) {
    metered.write(address, from);
  }

  @Override
  public void write(long address, long value) {
    metered.write(address, value);
  }

  @Override
  public void read(long address, float[] to, int count) {
    metered.read(address, to, count);
  }

  @Override
  public Sequence prepare(List<Instruction> instructions) {
    return metered.prepare(instructions);
  }
}
