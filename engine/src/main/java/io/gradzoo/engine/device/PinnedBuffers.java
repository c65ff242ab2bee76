package io.gradzoo.engine.device;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;

/**
 * Two pieces of the host's memory from which a GPU copies by itself: while it copies the one, the
 * other is filled. Larger arrays go through them piece by piece.
 */
final class PinnedBuffers {
  private static final int BYTES = 8 << 20;

  private final Pointer stream;
  private final Pointer[] buffers = new Pointer[2];
  private final Pointer[] copied = new Pointer[2];
  private int next;

  PinnedBuffers(Pointer stream) {
    this.stream = stream;
    for (int i = 0; i < buffers.length; i++) {
      PointerByReference made = new PointerByReference();
      CudaDriver.check("pinned memory", CudaDriver.cuMemHostAlloc(made, BYTES, 0));
      buffers[i] = made.getValue();
      int flags = CudaDriver.EVENT_DISABLE_TIMING;
      CudaDriver.check("event", CudaDriver.cuEventCreate(made, flags));
      copied[i] = made.getValue();
    }
  }

  /** Fills the beginning of a buffer with n numbers, from number {@code at} on. */
  interface Filling {
    void fill(Pointer buffer, int at, int n);
  }

  /** Has the GPU copy numbers to an address, after what it has to do already. */
  void write(long address, Filling from, int count, int bytesEach) {
    for (int at = 0; at < count; at += BYTES / bytesEach) {
      int n = Math.min(count - at, BYTES / bytesEach);
      Pointer buffer = buffers[next];
      CudaDriver.check("copy", CudaDriver.cuEventSynchronize(copied[next]));
      from.fill(buffer, at, n);
      long to = address + (long) at * bytesEach;
      long bytes = (long) n * bytesEach;
      CudaDriver.check("copy", CudaDriver.cuMemcpyHtoDAsync_v2(to, buffer, bytes, stream));
      CudaDriver.check("copy", CudaDriver.cuEventRecord(copied[next], stream));
      next = 1 - next;
    }
  }

  /** Copies numbers from an address, once all before is computed. */
  void read(long address, float[] to, int count) {
    int most = BYTES / Float.BYTES;
    for (int at = 0; at < count; at += most) {
      int n = Math.min(count - at, most);
      Pointer buffer = buffers[next];
      CudaDriver.check("copy", CudaDriver.cuEventSynchronize(copied[next]));
      long from = address + (long) Float.BYTES * at;
      long bytes = (long) n * Float.BYTES;
      CudaDriver.check("copy", CudaDriver.cuMemcpyDtoHAsync_v2(buffer, from, bytes, stream));
      CudaDriver.check("GPU", CudaDriver.cuStreamSynchronize(stream));
      buffer.read(0, to, at, n);
    }
  }
}
