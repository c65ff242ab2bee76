package io.gradzoo.jobs.cli;

import io.gradzoo.engine.device.ProductPrecision;
import io.gradzoo.jobs.device.DeviceChoice;
import io.gradzoo.jobs.device.DeviceSettings;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Which device a command is about, and how exact its products are. */
final class DeviceOptions {
  /** What it may be. */
  enum Checkable {
    CUDA(DeviceChoice.CUDA),
    EMULATED(DeviceChoice.EMULATED);

    private final DeviceChoice choice;

    Checkable(DeviceChoice choice) {
      this.choice = choice;
    }

    /** As users write it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Checkable device = Checkable.CUDA;

  @Option(
      names = "--strict",
      description = "Products in float32; else a GPU rounds their factors to TF32.")
  private boolean strict;

  /** What they say. */
  DeviceSettings settings() {
    ProductPrecision products = strict ? ProductPrecision.FLOAT32 : ProductPrecision.TF32;
    return new DeviceSettings(device.choice, products);
  }
}
