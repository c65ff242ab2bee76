package io.gradzoo.engine.device;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.gradzoo.engine.tensor.gpu.Accelerator;
import io.gradzoo.engine.tensor.gpu.Instruction;
import io.gradzoo.engine.tensor.gpu.Instruction.KernelLaunch;
import java.util.ArrayList;
import java.util.List;

/**
 * Instructions on a GPU. The first run adds them to the stream one by one, so that libraries load
 * what they need; the second makes a graph of them, which starts many times faster, and from then
 * on the graph runs.
 */
final class CudaSequence implements Accelerator.Sequence {
  private final CudaAccelerator gpu;
  private final Pointer stream;
  private final List<Instruction> instructions;
  private final List<NativeArguments> arguments = new ArrayList<>();
  private boolean ranBefore;
  private Pointer graph;

  CudaSequence(CudaAccelerator gpu, Pointer stream, List<Instruction> instructions) {
    this.gpu = gpu;
    this.stream = stream;
    this.instructions = instructions;
    for (Instruction instruction : instructions) {
      arguments.add(
          instruction instanceof KernelLaunch launch
              ? new NativeArguments(launch.arguments())
              : null);
    }
  }

  @Override
  public void run() {
    gpu.begin();
    if (!ranBefore) {
      ranBefore = true;
      addAll();
      return;
    }
    if (graph == null) {
      graph = capture();
      gpu.releaseWith(this, graph);
    }
    CudaDriver.check("graph", CudaDriver.cuGraphLaunch(graph, stream));
  }

  private void addAll() {
    for (int i = 0; i < instructions.size(); i++) {
      NativeArguments of = arguments.get(i);
      gpu.add(instructions.get(i), of == null ? null : of.pointer());
    }
  }

  private Pointer capture() {
    int mode = CudaDriver.CAPTURE_THREAD_LOCAL;
    CudaDriver.check("capture", CudaDriver.cuStreamBeginCapture_v2(stream, mode));
    PointerByReference captured = new PointerByReference();
    int ended;
    try {
      addAll();
    } finally {
      ended = CudaDriver.cuStreamEndCapture(stream, captured);
    }
    CudaDriver.check("capture", ended);
    PointerByReference made = new PointerByReference();
    int status = CudaDriver.cuGraphInstantiateWithFlags(made, captured.getValue(), 0);
    CudaDriver.cuGraphDestroy(captured.getValue());
    CudaDriver.check("graph", status);
    return made.getValue();
  }
}
