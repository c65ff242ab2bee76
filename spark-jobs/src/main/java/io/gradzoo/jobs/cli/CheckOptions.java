package io.gradzoo.jobs.cli;

import io.gradzoo.engine.device.ProductPrecision;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.device.DeviceChoice;
import io.gradzoo.jobs.device.DeviceSettings;
import io.gradzoo.jobs.gpu.GpuCheck;
import io.gradzoo.jobs.gpu.GpuCheckResult;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What is compared with the CPU, and how exactly. */
final class CheckOptions {
  /** What may be checked. */
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

  /** Compares, and prints a table and a line of JSON. */
  ExitCode check(PrintWriter out) {
    ProductPrecision products = strict ? ProductPrecision.FLOAT32 : ProductPrecision.TF32;
    GpuCheckResult result = new GpuCheck(new DeviceSettings(device.choice, products)).run();
    out.print(result.table());
    out.println(result.json());
    out.flush();
    return result.passed() ? ExitCode.OK : ExitCode.INTERNAL;
  }
}
