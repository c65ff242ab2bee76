package io.gradzoo.jobs.gpu;

import io.gradzoo.engine.agreement.DeviceAgreement;
import io.gradzoo.engine.agreement.DeviceAgreement.Distance;
import io.gradzoo.engine.agreement.GridSizes;
import io.gradzoo.engine.agreement.OperationCase;
import io.gradzoo.engine.device.ProductPrecision;
import io.gradzoo.engine.golden.GoldenCase;
import io.gradzoo.engine.golden.GoldenDistance;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import io.gradzoo.engine.tensor.gpu.Accelerator;
import io.gradzoo.engine.tensor.gpu.GpuDevice;
import io.gradzoo.jobs.device.DeviceSettings;
import io.gradzoo.jobs.golden.GoldenFiles;
import io.gradzoo.jobs.gpu.GpuCheckResult.Checked;
import io.gradzoo.jobs.gpu.GpuCheckResult.Golden;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a GPU, or what emulates one, with the CPU: every operation and its adjoint on odd
 * shapes, twice for the same bits, gradient sets and training of target networks, and some training
 * steps of each kind of metanetwork, one that changes networks among them. Then every metanetwork
 * with the values that other programs computed.
 *
 * @param settings of the device
 */
public record GpuCheck(DeviceSettings settings) {

  /**
   * Compares them.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 2 if there is no such device, or it cannot
   *     be used
   */
  public GpuCheckResult run() {
    Accelerator accelerator = settings.firstGpu();
    Device device = new GpuDevice(accelerator);
    DeviceAgreement agreement = new DeviceAgreement(CpuDevice.best(), device);
    List<Checked> checked = new ArrayList<>();
    for (OperationCase of : OperationCase.all()) {
      double largest = 0;
      boolean sameBits = true;
      for (GridSizes sizes : GridSizes.odd()) {
        Distance distance = agreement.on(of, sizes);
        largest = Math.max(largest, distance.difference());
        sameBits &= distance.sameBits();
      }
      checked.add(new Checked(of.name(), largest, sameBits));
    }
    Device exact = new GpuDevice(settings.with(ProductPrecision.FLOAT32).firstGpu());
    CheckedGradients.all().forEach(gradients -> checked.add(gradients.compare(exact)));
    CheckedJointTraining.all().forEach(training -> checked.add(training.compare(device)));
    long most = 0;
    for (CheckedTraining training : CheckedTraining.all()) {
      MeteredAccelerator metered = new MeteredAccelerator(accelerator);
      checked.add(training.compare(new GpuDevice(metered), device));
      most = Math.max(most, metered.bytes());
    }
    return new GpuCheckResult(settings, accelerator.name(), most, checked, golden(exact));
  }

  private static List<Golden> golden(Device device) {
    List<Golden> compared = new ArrayList<>();
    for (GoldenCase of : GoldenFiles.cases()) {
      GoldenDistance distance = of.distance(device);
      compared.add(new Golden(of.name(), distance, distance.equals(of.distance(device))));
    }
    return compared;
  }
}
