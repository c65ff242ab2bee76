package io.gradzoo.jobs.cli;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.gpu.GpuBench;
import io.gradzoo.jobs.gpu.GpuBench.MetanetworkSize;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is measured, and how long. */
final class GpuBenchOptions {
  @Mixin private DeviceOptions device;

  @Option(
      names = "--batches",
      paramLabel = "N",
      split = ",",
      description = "Networks or sets of a step, or samples of a set (default: ${DEFAULT-VALUE}).")
  private List<Integer> batches = List.of(64, 256, 1024, 4096);

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description =
          "How long to measure each, after as long to warm up (default: ${DEFAULT-VALUE}).")
  private double seconds = 2;

  @Option(names = "--small", description = "Small networks, which the emulated device can run.")
  private boolean small;

  /** Measures, and prints a row of a table for each, then a line of JSON for each. */
  void bench(PrintWriter out) {
    for (int batch : batches) {
      if (batch < 1) {
        throw GradzooException.usage(
            Fault.of("--batches")
                .expected("numbers from 1 on")
                .found(batch)
                .fix("--batches 64,1024"));
      }
    }
    MetanetworkSize size = small ? MetanetworkSize.SMALL : MetanetworkSize.FULL;
    List<String> lines = new ArrayList<>();
    new GpuBench(device.settings(), size, batches, seconds)
        .run(
            result -> {
              if (lines.isEmpty()) {
                out.println(result.header());
              }
              out.println(result.row());
              out.flush();
              lines.add(result.json());
            });
    lines.forEach(out::println);
    out.flush();
  }
}
