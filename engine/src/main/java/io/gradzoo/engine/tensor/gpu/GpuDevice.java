package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.tensor.Computation;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.DeviceTraining;
import io.gradzoo.engine.tensor.Execution;
import io.gradzoo.engine.tensor.GridAffine;
import io.gradzoo.engine.tensor.Operation;
import io.gradzoo.engine.tensor.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.stream.Stream;

/**
 * Runs tapes on an {@link Accelerator}: a list of instructions over all models of a pass. Inputs
 * are copied to the device and outputs back; everything between stays there, and the parameters do
 * until the host's change. In a {@link #training} outputs, gradients and parameters stay too. For
 * one thread, as the tapes are.
 */
public final class GpuDevice implements Device {
  /** More models do not make better use of a GPU. */
  private static final int MOST_MODELS = 4096;

  private final Accelerator accelerator;
  private final Map<Parameters, ResidentParameters> residents = new WeakHashMap<>();

  public GpuDevice(Accelerator accelerator) {
    this.accelerator = accelerator;
  }

  /**
   * @throws io.gradzoo.engine.fault.FaultException if an operation has no kernels, naming it
   * @throws io.gradzoo.engine.fault.DeviceMemoryException if the accelerator has too little memory
   */
  @Override
  public Execution compile(Computation computation) {
    for (Operation operation : computation.operations()) {
      if (!GpuOperations.kinds().contains(operation.getClass())) {
        throw Fault.of("GPU")
            .expected("an operation that has kernels")
            .found(operation.getClass().getSimpleName())
            .fix("run it on the CPU")
            .exception();
      }
    }
    ResidentParameters parameters = resident(computation.parameters());
    List<Operation> operations =
        computation.operations().stream().flatMap(GpuDevice::apart).toList();
    return new GpuExecution(accelerator, computation, operations, parameters);
  }

  private ResidentParameters resident(Parameters parameters) {
    return residents.computeIfAbsent(
        parameters, host -> new ResidentParameters(accelerator, host.values().length));
  }

  @Override
  public Optional<DeviceTraining> training(Parameters parameters) {
    return Optional.of(new GpuTraining(accelerator, parameters, resident(parameters)));
  }

  /** As many as there are, so that there are few launches. */
  @Override
  public int modelsOfPass(int cached, int batch) {
    return Math.min(batch, MOST_MODELS);
  }

  /** A grid sum is not fused with the map of its cells: memory decides, and not by much. */
  private static Stream<Operation> apart(Operation operation) {
    return operation instanceof GridAffine fused
        ? Stream.of(fused.map(), fused.sum())
        : Stream.of(operation);
  }
}
