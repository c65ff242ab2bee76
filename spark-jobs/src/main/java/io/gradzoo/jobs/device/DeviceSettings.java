package io.gradzoo.jobs.device;

import io.gradzoo.engine.device.CudaAccelerator;
import io.gradzoo.engine.device.EmulatedAccelerator;
import io.gradzoo.engine.device.KernelCache;
import io.gradzoo.engine.device.ProductPrecision;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.fault.FaultException;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import io.gradzoo.engine.tensor.gpu.GpuDevice;
import io.gradzoo.jobs.GradzooException;
import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.TaskContext;

/**
 * What runs metanetworks, as a value that travels to executors.
 *
 * @param choice of the kind
 * @param products how exact matrix products are on a GPU
 */
public record DeviceSettings(DeviceChoice choice, ProductPrecision products)
    implements Serializable {
  /** The CPU. */
  public static final DeviceSettings CPU =
      new DeviceSettings(DeviceChoice.CPU, ProductPrecision.TF32);

  /** Spark's name of the resource. */
  private static final String GPU = "gpu";

  /**
   * Opens a device for the calling thread.
   *
   * @throws GradzooException exit code 2 if it cannot be used, and nothing else may take its place
   */
  public Device open() {
    try {
      return switch (choice) {
        case CPU -> CpuDevice.best();
        case EMULATED -> new GpuDevice(EmulatedAccelerator.open(KernelCache.ofUser()));
        case CUDA -> gpu();
        case AUTO -> gpuOrCpu();
      };
    } catch (FaultException e) {
      throw GradzooException.usage(e.faults());
    }
  }

  /**
   * Why the CPU would stand in for a GPU on this machine, if it would: to be said before the work.
   */
  public Optional<Fault> standIn() {
    if (choice != DeviceChoice.AUTO) {
      return Optional.empty();
    }
    try {
      gpu();
      return Optional.empty();
    } catch (FaultException e) {
      return e.faults().stream().findFirst();
    }
  }

  private Device gpuOrCpu() {
    try {
      return gpu();
    } catch (FaultException e) {
      return CpuDevice.best();
    }
  }

  private Device gpu() {
    return new GpuDevice(CudaAccelerator.open(address(), products, KernelCache.ofUser()));
  }

  /**
   * The GPU that Spark gave this task. Without Spark's resources, as in {@code local[n]}, the tasks
   * share out those that there are.
   */
  private static int address() {
    TaskContext task = TaskContext.get();
    if (task == null) {
      return 0;
    }
    return task.resources().get(GPU).isDefined()
        ? Integer.parseInt(task.resources().get(GPU).get().addresses()[0])
        : task.partitionId() % Math.max(1, CudaAccelerator.count());
  }
}
