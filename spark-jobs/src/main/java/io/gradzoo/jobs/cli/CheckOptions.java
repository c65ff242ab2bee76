package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.gpu.GpuCheck;
import io.gradzoo.jobs.gpu.GpuCheckResult;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;

/** What is compared with the CPU. */
final class CheckOptions {
  @Mixin private DeviceOptions device;

  /** Compares, and prints a table and a line of JSON. */
  ExitCode check(PrintWriter out) {
    GpuCheckResult result = new GpuCheck(device.settings()).run();
    out.print(result.table());
    out.println(result.json());
    out.flush();
    return result.passed() ? ExitCode.OK : ExitCode.INTERNAL;
  }
}
