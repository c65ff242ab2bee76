package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.fault.DeviceMemoryException;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.device.DeviceChoice;
import io.gradzoo.jobs.device.DeviceUse;
import io.gradzoo.jobs.device.OpenDevice;
import io.gradzoo.jobs.device.Placement;
import io.gradzoo.jobs.family.DeviceGradients;
import io.gradzoo.jobs.family.Extraction;
import io.gradzoo.jobs.family.FamilyGradients;
import io.gradzoo.jobs.family.registry.BuiltInGradients;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a task takes gradients with: a workspace for each architecture, on the task's device. */
final class Workspaces {
  private final GradientPlan plan;
  private final Consumer<DeviceUse> told;
  private final Map<String, Extraction> byArchitecture = new HashMap<>();
  private OpenDevice device;

  /**
   * @param told what they are on
   */
  Workspaces(GradientPlan plan, Consumer<DeviceUse> told) {
    this.plan = plan;
    this.told = told;
  }

  /** The one for members of an architecture. */
  Extraction take(Architecture architecture) {
    return byArchitecture.computeIfAbsent(architecture.id(), text -> open(architecture));
  }

  private Extraction open(Architecture architecture) {
    FamilyGradients family = BuiltInGradients.of(architecture);
    return family
        .onDevices()
        .flatMap(gradients -> onGpu(gradients, architecture))
        .orElseGet(() -> family.extraction(architecture, plan.form()));
  }

  private Optional<Extraction> onGpu(DeviceGradients gradients, Architecture architecture) {
    if (plan.device().choice() == DeviceChoice.CPU) {
      return Optional.empty();
    }
    if (device == null) {
      device = plan.device().open();
      told.accept(Placement.use(device));
    }
    if (device.ofHost()) {
      return Optional.empty();
    }
    int chunk = plan.chunk(architecture);
    int samples = Math.min(chunk, plan.largestSet());
    try {
      return Optional.of(
          gradients.extraction(
              architecture, plan.form(), device.device(), samples, chunk / samples));
    } catch (DeviceMemoryException e) {
      if (!plan.device().choice().mayBeCpu()) {
        throw e;
      }
      told.accept(Placement.use(OpenDevice.cpu(e.faults().get(0).line())));
      return Optional.empty();
    }
  }
}
