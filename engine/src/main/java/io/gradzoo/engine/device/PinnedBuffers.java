package io.gradzoo.engine.device;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

/**
 * Copies between the host and a GPU, through pieces of the host's memory that the GPU reads by
 * itself. Uploads have a stream of their own, into memory beside what is computed with: the numbers
 * of a next batch travel while the GPU is at the batches before, and are copied to their places,
 * within the GPU, when these are done. Larger arrays go piece by piece.
 */
final class PinnedBuffers {
  private static final int BYTES = 4 << 20;

  /** Enough for the few arrays of a step and the next. */
  private static final int PIECES = 16;

  private final Pointer stream;
  private final Pointer uploads;
  private final StagedBuffer[] pieces = new StagedBuffer[PIECES];
  private final Pointer received;
  private int next;

  /**
   * @param pinned of the host
   * @param staged of the GPU
   * @param uploaded when the pinned memory was read
   * @param taken when the GPU's was
   */
  private record StagedBuffer(Pointer pinned, long staged, Pointer uploaded, Pointer taken) {}

  /**
   * @param stream of computations
   */
  PinnedBuffers(Pointer stream) {
    this.stream = stream;
    PointerByReference made = new PointerByReference();
    CudaDriver.check("stream", CudaDriver.cuStreamCreate(made, CudaDriver.STREAM_NON_BLOCKING));
    this.uploads = made.getValue();
    LongByReference memory = new LongByReference();
    CudaDriver.check("memory", CudaDriver.cuMemAlloc_v2(memory, (long) PIECES * BYTES));
    for (int i = 0; i < PIECES; i++) {
      pieces[i] =
          new StagedBuffer(pinned(), memory.getValue() + (long) i * BYTES, event(), event());
    }
    this.received = pinned();
  }

  private static Pointer pinned() {
    PointerByReference made = new PointerByReference();
    CudaDriver.check("pinned memory", CudaDriver.cuMemHostAlloc(made, BYTES, 0));
    return made.getValue();
  }

  private static Pointer event() {
    PointerByReference made = new PointerByReference();
    CudaDriver.check("event", CudaDriver.cuEventCreate(made, CudaDriver.EVENT_DISABLE_TIMING));
    return made.getValue();
  }

  /** Fills the beginning of a buffer with n numbers, from number {@code at} on. */
  interface Filling {
    void fill(Pointer buffer, int at, int n);
  }

  /** Has the GPU copy numbers to an address, after what it has to do already. */
  void write(long address, Filling from, int count, int bytesEach) {
    for (int at = 0; at < count; at += BYTES / bytesEach) {
      int n = Math.min(count - at, BYTES / bytesEach);
      StagedBuffer piece = pieces[next];
      next = (next + 1) % PIECES;
      CudaDriver.check("upload", CudaDriver.cuEventSynchronize(piece.uploaded));
      from.fill(piece.pinned, at, n);
      upload(piece, address + (long) at * bytesEach, (long) n * bytesEach);
    }
  }

  private void upload(StagedBuffer from, long to, long bytes) {
    CudaDriver.check("upload", CudaDriver.cuStreamWaitEvent(uploads, from.taken, 0));
    CudaDriver.check(
        "upload", CudaDriver.cuMemcpyHtoDAsync_v2(from.staged, from.pinned, bytes, uploads));
    CudaDriver.check("upload", CudaDriver.cuEventRecord(from.uploaded, uploads));
    CudaDriver.check("upload", CudaDriver.cuStreamWaitEvent(stream, from.uploaded, 0));
    CudaDriver.check("copy", CudaDriver.cuMemcpyDtoDAsync_v2(to, from.staged, bytes, stream));
    CudaDriver.check("copy", CudaDriver.cuEventRecord(from.taken, stream));
  }

  /** Copies numbers from an address, once all before is computed. */
  void read(long address, float[] to, int count) {
    int most = BYTES / Float.BYTES;
    for (int at = 0; at < count; at += most) {
      int n = Math.min(count - at, most);
      long from = address + (long) Float.BYTES * at;
      long bytes = (long) n * Float.BYTES;
      CudaDriver.check("copy", CudaDriver.cuMemcpyDtoHAsync_v2(received, from, bytes, stream));
      CudaDriver.check("GPU", CudaDriver.cuStreamSynchronize(stream));
      received.read(0, to, at, n);
    }
  }
}
