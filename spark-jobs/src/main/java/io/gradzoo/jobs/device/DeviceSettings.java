package io.gradzoo.jobs.device;

import io.gradzoo.engine.device.CudaAccelerator;
import io.gradzoo.engine.device.EmulatedAccelerator;
import io.gradzoo.engine.device.KernelCache;
import io.gradzoo.engine.device.ProductPrecision;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.fault.FaultException;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import io.gradzoo.engine.tensor.gpu.Accelerator;
import io.gradzoo.engine.tensor.gpu.GpuDevice;
import io.gradzoo.jobs.GradzooException;
import java.io.Serializable;
import java.util.Optional;

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

  /** The same with other products. */
  public DeviceSettings with(ProductPrecision others) {
    return new DeviceSettings(choice, others);
  }

  /**
   * Opens a device for the calling thread.
   *
   * @throws GradzooException exit code 2 if it cannot be used, and nothing else may take its place
   */
  public Device open() {
    try {
      return switch (choice) {
        case CPU -> CpuDevice.best();
        case EMULATED -> new GpuDevice(emulated());
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
    return new GpuDevice(cuda(TaskGpu.address()));
  }

  /**
   * Opens the first GPU of this machine, or what emulates one, without asking Spark for it.
   *
   * @throws GradzooException exit code 2 if it cannot be used
   */
  public Accelerator firstGpu() {
    try {
      return choice == DeviceChoice.EMULATED ? emulated() : cuda(0);
    } catch (FaultException e) {
      throw GradzooException.usage(e.faults());
    }
  }

  private static Accelerator emulated() {
    return EmulatedAccelerator.open(KernelCache.ofUser());
  }

  private Accelerator cuda(int ordinal) {
    return CudaAccelerator.open(ordinal, products, KernelCache.ofUser());
  }
}
