package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.tensor.Computation;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.Execution;
import io.gradzoo.engine.tensor.Storage;
import io.gradzoo.engine.tensor.Tape;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs tapes in the calling thread: row operations a tile of rows after the other, so that they
 * find each other's results in the cache. Inputs and outputs are used where the host has them.
 */
public final class CpuDevice implements Device {
  private final Kernels kernels;

  /** On kernels of the caller's choice. */
  public CpuDevice(Kernels kernels) {
    this.kernels = kernels;
  }

  /** On the fastest kernels of this machine. */
  public static CpuDevice best() {
    return new CpuDevice(CpuKernels.best());
  }

  @Override
  public Execution compile(Computation computation) {
    CpuContext context = new CpuContext(kernels, computation);
    List<CpuOperation> operations =
        computation.operations().stream().map(o -> CpuOperations.of(o, context)).toList();
    List<Stage> stages = Fusion.stages(operations);
    Set<Storage> seen = new LinkedHashSet<>(computation.held());
    seen.addAll(computation.differentiable());
    MemoryPlan plan = new MemoryPlan(stages, computation.capacity(), context.memories(seen));
    if (computation.mode() == Tape.Mode.INFERENCE) {
      plan.shareValues();
    } else {
      plan.keepValues();
      plan.shareGradients();
    }
    return new CpuExecution(
        context.pass(),
        context.sharedInputs(),
        stages,
        List.copyOf(context.compositions()),
        context.memories(computation.differentiable()));
  }
}
