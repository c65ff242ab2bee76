package io.gradzoo.engine.device;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import io.gradzoo.engine.fault.Fault;

/** CUDA's driver API, as far as it is needed; names and arguments are those of {@code cuda.h}. */
final class CudaDriver {
  static final int OUT_OF_MEMORY = 2;
  static final int COMPUTE_CAPABILITY_MAJOR = 75;
  static final int COMPUTE_CAPABILITY_MINOR = 76;

  /** Work of other threads is not part of a capture, nor does it end it. */
  static final int CAPTURE_THREAD_LOCAL = 1;

  /** A stream that does not wait for the default one. */
  static final int STREAM_NON_BLOCKING = 1;

  /** An event that only orders work, and takes no time. */
  static final int EVENT_DISABLE_TIMING = 2;

  private CudaDriver() {}

  /**
   * Opens the driver's library.
   *
   * @throws io.gradzoo.engine.fault.FaultException if there is none
   */
  static void open() {
    SharedLibraries.bind(CudaDriver.class, "NVIDIA's driver", "libcuda.so.1");
    check("CUDA", cuInit(0));
  }

  /**
   * Requires success.
   *
   * @param what was asked for
   * @throws io.gradzoo.engine.fault.FaultException with the driver's words
   */
  static void check(String what, int status) {
    if (status == 0) {
      return;
    }
    PointerByReference text = new PointerByReference();
    boolean known = cuGetErrorString(status, text) == 0 && text.getValue() != null;
    String said = known ? text.getValue().getString(0) : "error " + status;
    throw Fault.of("GPU").at(what).found(said).fix("engine.device = cpu").exception();
  }

  static native int cuInit(int flags);

  static native int cuGetErrorString(int error, PointerByReference text);

  static native int cuDeviceGetCount(IntByReference count);

  static native int cuDeviceGet(IntByReference device, int ordinal);

  static native int cuDeviceGetName(Pointer name, int length, int device);

  static native int cuDeviceGetAttribute(IntByReference value, int attribute, int device);

  static native int cuDeviceTotalMem_v2(LongByReference bytes, int device);

  static native int cuDevicePrimaryCtxRetain(PointerByReference context, int device);

  static native int cuCtxSetCurrent(Pointer context);

  static native int cuMemAlloc_v2(LongByReference address, long bytes);

  static native int cuMemFree_v2(long address);

  static native int cuMemHostAlloc(PointerByReference memory, long bytes, int flags);

  static native int cuMemsetD32Async(long address, int value, long count, Pointer stream);

  static native int cuMemcpyHtoDAsync_v2(long to, Pointer from, long bytes, Pointer stream);

  static native int cuMemcpyDtoHAsync_v2(Pointer to, long from, long bytes, Pointer stream);

  static native int cuMemcpyDtoDAsync_v2(long to, long from, long bytes, Pointer stream);

  static native int cuStreamWaitEvent(Pointer stream, Pointer event, int flags);

  static native int cuStreamCreate(PointerByReference stream, int flags);

  static native int cuStreamSynchronize(Pointer stream);

  static native int cuStreamBeginCapture_v2(Pointer stream, int mode);

  static native int cuStreamEndCapture(Pointer stream, PointerByReference graph);

  static native int cuEventCreate(PointerByReference event, int flags);

  static native int cuEventRecord(Pointer event, Pointer stream);

  static native int cuEventSynchronize(Pointer event);

  static native int cuGraphInstantiateWithFlags(PointerByReference exec, Pointer graph, long flags);

  static native int cuGraphLaunch(Pointer exec, Pointer stream);

  static native int cuGraphExecDestroy(Pointer exec);

  static native int cuGraphDestroy(Pointer graph);

  static native int cuModuleLoadData(PointerByReference module, Pointer image);

  static native int cuModuleGetFunction(PointerByReference function, Pointer module, String name);

  static native int cuLaunchKernel(
      Pointer function,
      int gridX,
      int gridY,
      int gridZ,
      int blockX,
      int blockY,
      int blockZ,
      int sharedBytes,
      Pointer stream,
      Pointer arguments,
      Pointer extra);

  /** How many GPUs there are. */
  static int devices() {
    IntByReference count = new IntByReference();
    check("count of GPUs", cuDeviceGetCount(count));
    return count.getValue();
  }

  /** What a GPU is called, such as {@code NVIDIA H200}. */
  static String name(int device) {
    Memory name = new Memory(256);
    name.clear();
    check("name", cuDeviceGetName(name, (int) name.size(), device));
    return name.getString(0);
  }

  /** Bytes of memory of a GPU. */
  static long memory(int device) {
    LongByReference bytes = new LongByReference();
    check("memory", cuDeviceTotalMem_v2(bytes, device));
    return bytes.getValue();
  }

  /** A number that a GPU has. */
  static int attribute(int attribute, int device) {
    IntByReference value = new IntByReference();
    check("attribute", cuDeviceGetAttribute(value, attribute, device));
    return value.getValue();
  }
}
