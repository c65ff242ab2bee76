package io.gradzoo.engine.device;

import io.gradzoo.engine.fault.DeviceMemoryException;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.tensor.gpu.Accelerator;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * An accelerator that others use too: a part of its memory may be used. Batches that need more are
 * cut, as where a whole one has too little.
 */
public final class CappedAccelerator extends WrappedAccelerator {
  /** A context, code and what libraries keep have the rest. */
  private static final double SHARED_PART = 0.9;

  /** How often the collector is asked for memory that nothing refers to any more. */
  private static final int COLLECTIONS = 10;

  /** Nanoseconds after which the collector has told what it found. */
  private static final long NOTICE = 20_000_000;

  private final long most;
  private final Map<Reference<? extends DeviceMemory>, Long> pieces = new HashMap<>();
  private final ReferenceQueue<DeviceMemory> unused = new ReferenceQueue<>();
  private long used;

  /**
   * @param most bytes that may be used at a time
   */
  public CappedAccelerator(Accelerator shared, long most) {
    super(shared);
    this.most = most;
  }

  /**
   * An equal share of an accelerator.
   *
   * @param sharers how many use it
   */
  public static Accelerator share(Accelerator accelerator, int sharers) {
    return sharers == 1
        ? accelerator
        : new CappedAccelerator(accelerator, (long) (SHARED_PART * accelerator.memory() / sharers));
  }

  @Override
  public long memory() {
    return most;
  }

  @Override
  public DeviceMemory allocate(long bytes) {
    forgetUnused();
    for (int i = 0; i < COLLECTIONS && bytes > most - used; i++) {
      System.gc();
      LockSupport.parkNanos(NOTICE);
      forgetUnused();
    }
    if (bytes > most - used) {
      throw new DeviceMemoryException(
          Fault.of("GPU")
              .at(name())
              .expected("%d MiB of memory in a task's share", mebibytes(bytes))
              .found("%d MiB, of which %d MiB are used", most >> 20, mebibytes(used))
              .fix("fewer tasks at a time, or smaller batches, or engine.device = cpu"));
    }
    DeviceMemory piece = new CountedMemory(super.allocate(bytes));
    pieces.put(new PhantomReference<>(piece, unused), bytes);
    used += bytes;
    return piece;
  }

  private void forgetUnused() {
    for (Reference<? extends DeviceMemory> gone = unused.poll();
        gone != null;
        gone = unused.poll()) {
      used -= pieces.remove(gone);
    }
  }

  private static long mebibytes(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }

  /** Memory that counts while something refers to it: compared by identity. */
  private static final class CountedMemory implements DeviceMemory {
    private final DeviceMemory memory;

    CountedMemory(DeviceMemory memory) {
      this.memory = memory;
    }

    @Override
    public long address() {
      return memory.address();
    }
  }
}
