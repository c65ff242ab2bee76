package io.gradzoo.engine.tensor.gpu;

import java.util.List;

/**
 * What has memory of its own and runs {@link Instruction}s on it: a GPU, or a CPU that emulates
 * one. Addresses are the accelerator's. Calls of one thread take effect in their order; results of
 * instructions depend on nothing but the numbers they read, so the same ones give the same bits.
 */
public interface Accelerator {

  /** Short name for logs, such as {@code emulated} or {@code cuda:0 NVIDIA H200}. */
  String name();

  /** Bytes of memory that it has in all, used or not. */
  long memory();

  /**
   * Zeroed memory, aligned to 256 bytes, which is given back when nothing refers to it any more.
   *
   * @throws io.gradzoo.engine.fault.DeviceMemoryException if there is not so much
   */
  DeviceMemory allocate(long bytes);

  /** Copies the first numbers of an array to the device. */
  void write(long address, float[] from, int count);

  /** Copies whole numbers to the device. */
  void write(long address, int[] from);

  /** Copies one number of 64 bits to the device. */
  void write(long address, long value);

  /** Copies numbers from the device to the beginning of an array, once all before is computed. */
  void read(long address, float[] to, int count);

  /** Prepares instructions to be run in order, as often as wanted. */
  Sequence prepare(List<Instruction> instructions);

  /** Memory of the device. */
  interface DeviceMemory {
    /** Where it begins. */
    long address();
  }

  /** Instructions ready to run. */
  interface Sequence {
    /** Runs them all, or has them run before whatever is asked for next. */
    void run();
  }
}
