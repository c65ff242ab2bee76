package io.gradzoo.engine.device;

import io.gradzoo.engine.tensor.gpu.Accelerator;
import io.gradzoo.engine.tensor.gpu.Instruction;
import java.util.List;

/** An accelerator that is another, but for what a subclass changes. */
public abstract class WrappedAccelerator implements Accelerator {
  private final Accelerator inner;

  /**
   * @param inner that does what is asked for
   */
  protected WrappedAccelerator(Accelerator inner) {
    this.inner = inner;
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public long memory() {
    return inner.memory();
  }

  @Override
  public DeviceMemory allocate(long bytes) {
    return inner.allocate(bytes);
  }

  @Override
  public void write(long address, float[] from, int count) {
    inner.write(address, from, count);
  }

  @Override
  public void write(long address, int[] from) {
    inner.write(address, from);
  }

  @Override
  public void write(long address, long value) {
    inner.write(address, value);
  }

  @Override
  public void read(long address, float[] to, int count) {
    inner.read(address, to, count);
  }

  @Override
  public Sequence prepare(List<Instruction> instructions) {
    return inner.prepare(instructions);
  }
}
