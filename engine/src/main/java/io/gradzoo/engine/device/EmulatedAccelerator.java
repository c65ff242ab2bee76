package io.gradzoo.engine.device;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.tensor.gpu.Accelerator;
import io.gradzoo.engine.tensor.gpu.Instruction;
import io.gradzoo.engine.tensor.gpu.Instruction.BatchedProduct;
import io.gradzoo.engine.tensor.gpu.Instruction.Clearing;
import io.gradzoo.engine.tensor.gpu.Instruction.Copying;
import io.gradzoo.engine.tensor.gpu.Instruction.KernelLaunch;
import io.gradzoo.engine.tensor.gpu.Instruction.MatrixProduct;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A CPU in the place of a GPU: the same sources of kernels, compiled as C++ and run in the calling
 * thread, block by block, one thread at a time. It shows whether they compute the right thing, not
 * how fast.
 */
public final class EmulatedAccelerator implements Accelerator {
  private static final int ALIGNMENT = 256;

  private final NativeLibrary library;
  private final Function product;
  private final Function products;

  private EmulatedAccelerator(Path library) {
    this.library = load(library.toAbsolutePath());
    this.product = this.library.getFunction("gradzoo_product");
    this.products = this.library.getFunction("gradzoo_products");
  }

  /**
   * Compiles the kernels, if nobody has yet.
   *
   * @throws io.gradzoo.engine.fault.FaultException if there is no compiler
   */
  public static EmulatedAccelerator open(KernelCache cache) {
    HostCompiler compiler =
        HostCompiler.find()
            .orElseThrow(
                () ->
                    Fault.of("emulated device")
                        .expected("a C++ compiler, g++ or clang++")
                        .found("none")
                        .fix("install g++, or run on the CPU")
                        .exception());
    String source = KernelSources.emulated();
    return new EmulatedAccelerator(
        cache.get(
            ".so", source + compiler.identity(), library -> compiler.compile(source, library)));
  }

  private static NativeLibrary load(Path library) {
    try {
      return NativeLibrary.getInstance(library.toString());
    } catch (UnsatisfiedLinkError e) {
      throw Fault.of("kernels")
          .at(library)
          .expected("a library that can be loaded")
          .found(e.getMessage())
          .fix("delete it")
          .exception();
    }
  }

  /** Whether there is a compiler, without which {@link #open} fails. */
  public static boolean available() {
    return HostCompiler.find().isPresent();
  }

  @Override
  public String name() {
    return "emulated";
  }

  /** That of the CPU, which it does not know. */
  @Override
  public long memory() {
    return Long.MAX_VALUE;
  }

  @Override
  public DeviceMemory allocate(long bytes) {
    Memory memory = new Memory(bytes + ALIGNMENT);
    memory.clear();
    long address = Pointer.nativeValue(memory.align(ALIGNMENT));
    return new HostMemory(memory, address);
  }

  /** Lives as long as what it lies in. */
  private record HostMemory(Memory holder, long address) implements DeviceMemory {}

  @Override
  public void write(long address, float[] from, int count) {
    new Pointer(address).write(0, from, 0, count);
  }

  @Override
  public void write(long address, int[] from) {
    new Pointer(address).write(0, from, 0, from.length);
  }

  @Override
  public void write(long address, long value) {
    new Pointer(address).setLong(0, value);
  }

  @Override
  public void read(long address, float[] to, int count) {
    new Pointer(address).read(0, to, 0, count);
  }

  @Override
  public Sequence prepare(List<Instruction> instructions) {
    List<Runnable> calls = new ArrayList<>();
    instructions.forEach(instruction -> calls.add(call(instruction)));
    return () -> {
      synchronized (EmulatedAccelerator.class) {
        calls.forEach(Runnable::run);
      }
    };
  }

  private Runnable call(Instruction instruction) {
    if (instruction instanceof KernelLaunch launch) {
      return launch(launch);
    } else if (instruction instanceof MatrixProduct of) {
      Object[] arguments = {
        of.a().transposed() ? 1 : 0,
        of.b().transposed() ? 1 : 0,
        of.m(),
        of.n(),
        of.k(),
        of.alpha(),
        new Pointer(of.a().address()),
        of.a().stride(),
        new Pointer(of.b().address()),
        of.b().stride(),
        of.beta(),
        new Pointer(of.c()),
        of.ldc()
      };
      return () -> product.invokeVoid(arguments);
    }
    if (instruction instanceof BatchedProduct batch) {
      return batched(batch);
    }
    if (instruction instanceof Copying copy) {
      Pointer source = new Pointer(copy.from());
      Pointer target = new Pointer(copy.to());
      long bytes = Float.BYTES * copy.count();
      return () -> target.getByteBuffer(0, bytes).put(source.getByteBuffer(0, bytes));
    }
    Clearing clearing = (Clearing) instruction;
    Pointer from = new Pointer(clearing.address());
    return () -> from.setMemory(0, Float.BYTES * clearing.count(), (byte) 0);
  }

  private Runnable batched(BatchedProduct batch) {
    MatrixProduct of = batch.first();
    Object[] arguments = {
      of.a().transposed() ? 1 : 0,
      of.b().transposed() ? 1 : 0,
      of.m(),
      of.n(),
      of.k(),
      of.alpha(),
      new Pointer(of.a().address()),
      of.a().stride(),
      batch.stepA(),
      new Pointer(of.b().address()),
      of.b().stride(),
      batch.stepB(),
      of.beta(),
      new Pointer(of.c()),
      of.ldc(),
      batch.stepC(),
      batch.count()
    };
    return () -> products.invokeVoid(arguments);
  }

  private Runnable launch(KernelLaunch launch) {
    Function kernel = library.getFunction("launch_" + launch.kernel());
    NativeArguments arguments = new NativeArguments(launch.arguments());
    Object[] call = {launch.blocks(), launch.threads(), arguments.pointer()};
    return () -> {
      if (kernel.invokeInt(call) != 0) {
        throw new IllegalStateException(
            launch.kernel() + ": threads of a warp wait in different places");
      }
    };
  }
}
