package io.gradzoo.jobs.device;

import io.gradzoo.engine.device.CappedAccelerator;
import io.gradzoo.engine.device.CudaAccelerator;
import io.gradzoo.engine.device.EmulatedAccelerator;
import io.gradzoo.engine.device.KernelCache;
import io.gradzoo.engine.device.ProductPrecision;
import io.gradzoo.engine.fault.FaultException;
import io.gradzoo.engine.tensor.gpu.Accelerator;
import io.gradzoo.engine.tensor.gpu.GpuDevice;
import io.gradzoo.jobs.GradzooException;
import java.io.Serializable;
import java.util.Optional;

/**
 * What trains models and takes gradient sets, as a value that travels to executors.
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
  public OpenDevice open() {
    try {
      return switch (choice) {
        case CPU -> OpenDevice.cpu("");
        case EMULATED -> gpu();
        case CUDA -> gpu();
        case AUTO -> gpuOrCpu();
      };
    } catch (FaultException e) {
      throw GradzooException.usage(e.faults());
    }
  }

  /** Which of the machine's devices the calling task is to use; none of them has a negative one. */
  public int place() {
    return switch (choice) {
      case CPU -> OpenDevice.NO_GPU;
      case EMULATED -> emulatedGpu().address();
      case AUTO, CUDA -> placeOfGpu();
    };
  }

  private static int placeOfGpu() {
    try {
      return TaskGpu.current(CudaAccelerator::count).address();
    } catch (FaultException e) {
      return OpenDevice.NO_GPU;
    }
  }

  /**
   * Why the CPU would stand in for a GPU on this machine, if it would: to be said before the work.
   */
  public Optional<String> standIn() {
    if (choice != DeviceChoice.AUTO) {
      return Optional.empty();
    }
    return Optional.of(gpuOrCpu().reason()).filter(reason -> !reason.isEmpty());
  }

  private OpenDevice gpuOrCpu() {
    try {
      return gpu();
    } catch (FaultException e) {
      return OpenDevice.cpu(e.faults().get(0).line());
    }
  }

  private OpenDevice gpu() {
    boolean emulated = choice == DeviceChoice.EMULATED;
    TaskGpu gpu = emulated ? emulatedGpu() : TaskGpu.current(CudaAccelerator::count);
    Accelerator accelerator = emulated ? emulated() : cuda(gpu.address());
    String name = emulated ? accelerator.name() + ":" + gpu.address() : accelerator.name();
    Accelerator share = CappedAccelerator.share(accelerator, gpu.sharers());
    return new OpenDevice(new GpuDevice(share), gpu.address(), name, "");
  }

  /** One, unless Spark gives the task another. */
  private static TaskGpu emulatedGpu() {
    return TaskGpu.current(() -> 1);
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
