package io.gradzoo.engine.device;

import io.gradzoo.engine.fault.DeviceMemoryException;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.tensor.gpu.Accelerator;
import java.util.ArrayList;
import java.util.List;

/** An accelerator that notes what it is asked for, and may have little memory in one piece. */
public final class WatchedAccelerator extends WrappedAccelerator {
  private final long largestPiece;
  private final List<Long> asked = new ArrayList<>();
  private final List<Integer> reads = new ArrayList<>();

  /** With all memory that the other has. */
  public WatchedAccelerator(Accelerator watched) {
    this(watched, Long.MAX_VALUE);
  }

  /**
   * @param largestPiece bytes that are given at most in one piece
   */
  public WatchedAccelerator(Accelerator watched, long largestPiece) {
    super(watched);
    this.largestPiece = largestPiece;
  }

  /** Bytes of each piece of memory that was asked for. */
  public List<Long> asked() {
    return asked;
  }

  /** Count of numbers of each copy to the host. */
  public List<Integer> reads() {
    return reads;
  }

  @Override
  public DeviceMemory allocate(long bytes) {
    asked.add(bytes);
    if (bytes > largestPiece) {
      throw new DeviceMemoryException(Fault.of("small").found(bytes));
    }
    return super.allocate(bytes);
  }

  @Override
  public void read(long address, float[] to, int count) {
    reads.add(count);
    super.read(address, to, count);
  }
}
