package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The other program of a {@link io.gradzoo.jobs.gpu.GpuBundle}: {@code gradzoo gpu bench}, without
 * Spark.
 */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "How fast this machine's GPU trains metanetworks.")
public final class BundledBench implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private GpuBenchOptions options;

  private BundledBench() {}

  /** Measures, and exits as {@code gradzoo gpu bench} does. */
  public static void main(String[] arguments) {
    BundledCheck.run(new BundledBench(), arguments);
  }

  @Override
  public Integer call() {
    options.bench(spec.commandLine().getOut());
    return ExitCode.OK.status();
  }
}
