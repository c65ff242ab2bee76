package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gradzoo gpu bench} in a bundle. */
@Command(
    name = "bench",
    description = "How fast this machine's GPU trains metanetworks and takes sample gradients.")
public final class BundledBench extends BundledProgram {
  @Mixin private GpuBenchOptions options;

  private BundledBench() {}

  /** Measures, and exits as {@code gradzoo gpu bench} does. */
  public static void main(String[] arguments) {
    new BundledBench().run(arguments);
  }

  @Override
  public Integer call() {
    options.bench(out());
    return ExitCode.OK.status();
  }
}
