package io.gradzoo.engine.device;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import io.gradzoo.engine.fault.DeviceMemoryException;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.tensor.gpu.Accelerator;
import io.gradzoo.engine.tensor.gpu.Instruction;
import io.gradzoo.engine.tensor.gpu.Instruction.BatchedProduct;
import io.gradzoo.engine.tensor.gpu.Instruction.Clearing;
import io.gradzoo.engine.tensor.gpu.Instruction.Copying;
import io.gradzoo.engine.tensor.gpu.Instruction.KernelLaunch;
import io.gradzoo.engine.tensor.gpu.Instruction.MatrixProduct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One GPU of NVIDIA, through CUDA's driver: one context for all of a JVM, and one stream for each
 * such object, which one thread uses. Kernels are compiled once for the GPU's architecture and kept
 * in a folder.
 */
public final class CudaAccelerator implements Accelerator {
  /** The oldest generation whose tensor cores take TF32. */
  private static final int OLDEST_MAJOR = 8;

  /** How often the collector is asked for memory that nothing refers to any more. */
  private static final int COLLECTIONS = 3;

  private static final Cleaner CLEANER = Cleaner.create();

  private final String name;
  private final long total;
  private final Pointer context;
  private final Pointer stream;
  private final Pointer module;
  private final PinnedBuffers pinned;
  private final DeviceMemory workspace;
  private final CudaProducts products;
  private final Map<String, Pointer> functions = new HashMap<>();

  /**
   * Opens a GPU.
   *
   * @param ordinal which, from 0
   * @param cache where compiled kernels lie
   * @throws io.gradzoo.engine.fault.FaultException if there is no driver, no such GPU, one of
   *     CUDA's libraries is not there, or the GPU is too old
   */
  public static CudaAccelerator open(int ordinal, ProductPrecision precision, KernelCache cache) {
    CudaDriver.open();
    CudaCompiler.open();
    int count = CudaDriver.devices();
    if (ordinal >= count) {
      throw Fault.of("GPU")
          .expected("GPU %d", ordinal)
          .found("%d of them", count)
          .fix("engine.device = cpu")
          .exception();
    }
    return new CudaAccelerator(ordinal, precision, cache);
  }

  /**
   * How many GPUs there are.
   *
   * @throws io.gradzoo.engine.fault.FaultException if there is no driver
   */
  public static int count() {
    CudaDriver.open();
    return CudaDriver.devices();
  }

  /** A class of the library that calls native functions, which devices need on their class path. */
  public static Class<?> nativeCalls() {
    return Native.class;
  }

  private CudaAccelerator(int ordinal, ProductPrecision precision, KernelCache cache) {
    IntByReference device = new IntByReference();
    CudaDriver.check("GPU " + ordinal, CudaDriver.cuDeviceGet(device, ordinal));
    this.name = "cuda:" + ordinal + " " + CudaDriver.name(device.getValue());
    int major = CudaDriver.attribute(CudaDriver.COMPUTE_CAPABILITY_MAJOR, device.getValue());
    int minor = CudaDriver.attribute(CudaDriver.COMPUTE_CAPABILITY_MINOR, device.getValue());
    if (major < OLDEST_MAJOR) {
      throw Fault.of("GPU")
          .at(name)
          .expected("compute capability %d.0 or newer", OLDEST_MAJOR)
          .found("%d.%d", major, minor)
          .fix("engine.device = cpu")
          .exception();
    }
    this.total = CudaDriver.memory(device.getValue());
    PointerByReference result = new PointerByReference();
    CudaDriver.check(name, CudaDriver.cuDevicePrimaryCtxRetain(result, device.getValue()));
    this.context = result.getValue();
    makeCurrent();
    CudaDriver.check(name, CudaDriver.cuStreamCreate(result, CudaDriver.STREAM_NON_BLOCKING));
    this.stream = result.getValue();
    this.module = load("sm_" + major + minor, cache);
    this.pinned = new PinnedBuffers(stream);
    this.workspace = allocate(CudaProducts.WORKSPACE);
    this.products = CudaProducts.open(stream, workspace.address(), precision);
  }

  private static Pointer load(String architecture, KernelCache cache) {
    String source = KernelSources.cuda();
    var file =
        cache.get(
            ".cubin",
            source + architecture + CudaCompiler.version(),
            to -> Files.write(to, CudaCompiler.compile(source, architecture)));
    try {
      byte[] code = Files.readAllBytes(file);
      Memory image = new Memory(code.length);
      image.write(0, code, 0, code.length);
      PointerByReference loaded = new PointerByReference();
      CudaDriver.check(file.toString(), CudaDriver.cuModuleLoadData(loaded, image));
      return loaded.getValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has the calling thread use this GPU. */
  private void makeCurrent() {
    CudaDriver.check("context", CudaDriver.cuCtxSetCurrent(context));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long memory() {
    return total;
  }

  @Override
  public DeviceMemory allocate(long bytes) {
    makeCurrent();
    LongByReference address = new LongByReference();
    int status = CudaDriver.cuMemAlloc_v2(address, bytes);
    for (int i = 0; i < COLLECTIONS && status == CudaDriver.OUT_OF_MEMORY; i++) {
      System.gc();
      status = CudaDriver.cuMemAlloc_v2(address, bytes);
    }
    if (status == CudaDriver.OUT_OF_MEMORY) {
      throw new DeviceMemoryException(
          Fault.of("GPU")
              .at(name)
              .expected("%d MiB of free memory", (bytes + (1 << 20) - 1) >> 20)
              .found("less")
              .fix("make batches smaller, or engine.device = cpu"));
    }
    CudaDriver.check("memory", status);
    clear(address.getValue(), bytes / Float.BYTES);
    GpuMemory memory = new GpuMemory(address.getValue());
    CLEANER.register(memory, release(context, address.getValue()));
    return memory;
  }

  private static Runnable release(Pointer context, long address) {
    return () -> {
      CudaDriver.cuCtxSetCurrent(context);
      CudaDriver.cuMemFree_v2(address);
    };
  }

  /** Memory that is freed when nothing refers to it: compared by identity. */
  private static final class GpuMemory implements DeviceMemory {
    private final long address;

    GpuMemory(long address) {
      this.address = address;
    }

    @Override
    public long address() {
      return address;
    }
  }

  @Override
  public void write(long address, float[] from, int count) {
    makeCurrent();
    pinned.write(address, (buffer, at, n) -> buffer.write(0, from, at, n), count, Float.BYTES);
  }

  @Override
  public void write(long address, int[] from) {
    makeCurrent();
    pinned.write(
        address, (buffer, at, n) -> buffer.write(0, from, at, n), from.length, Integer.BYTES);
  }

  @Override
  public void write(long address, long value) {
    makeCurrent();
    pinned.write(address, (buffer, at, n) -> buffer.setLong(0, value), 1, Long.BYTES);
  }

  @Override
  public void read(long address, float[] to, int count) {
    makeCurrent();
    pinned.read(address, to, count);
  }

  @Override
  public Sequence prepare(List<Instruction> instructions) {
    return new CudaSequence(this, stream, instructions);
  }

  /** Adds an instruction to the stream. */
  void add(Instruction instruction, Pointer arguments) {
    if (instruction instanceof KernelLaunch launch) {
      Pointer function = functions.computeIfAbsent(launch.kernel(), this::function);
      int blocks = launch.blocks();
      int threads = launch.threads();
      CudaDriver.check(
          launch.kernel(),
          CudaDriver.cuLaunchKernel(
              function, blocks, 1, 1, threads, 1, 1, 0, stream, arguments, null));
    } else if (instruction instanceof MatrixProduct product) {
      products.add(product);
    } else if (instruction instanceof BatchedProduct batch) {
      products.add(batch);
    } else if (instruction instanceof Copying copy) {
      long bytes = Float.BYTES * copy.count();
      CudaDriver.check(
          "copy", CudaDriver.cuMemcpyDtoDAsync_v2(copy.to(), copy.from(), bytes, stream));
    } else {
      Clearing clearing = (Clearing) instruction;
      clear(clearing.address(), clearing.count());
    }
  }

  private void clear(long address, long count) {
    CudaDriver.check("clearing", CudaDriver.cuMemsetD32Async(address, 0, count, stream));
  }

  private Pointer function(String kernel) {
    PointerByReference found = new PointerByReference();
    CudaDriver.check(kernel, CudaDriver.cuModuleGetFunction(found, module, kernel));
    return found.getValue();
  }

  /** Begins a run of instructions from the calling thread. */
  void begin() {
    makeCurrent();
  }

  /** Frees a graph when its owner is gone. */
  void releaseWith(Object owner, Pointer graph) {
    Pointer of = context;
    CLEANER.register(
        owner,
        () -> {
          CudaDriver.cuCtxSetCurrent(of);
          CudaDriver.cuGraphExecDestroy(graph);
        });
  }
}
