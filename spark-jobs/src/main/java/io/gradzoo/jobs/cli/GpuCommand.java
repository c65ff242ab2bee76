package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.gpu.GpuBundle;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gradzoo gpu …}. */
@Command(
    name = "gpu",
    description = "This machine's GPU.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {GpuCommand.OfCheck.class, GpuCommand.OfBench.class, GpuCommand.OfBundle.class})
final class GpuCommand extends CommandGroup {

  /** {@code gradzoo gpu check}. */
  @Command(
      name = "check",
      description = {
        "Compares a GPU with the CPU: every operation and its derivatives on odd shapes, gradient"
            + " sets of target networks, and 20 training steps of each metanetwork; and every metanetwork with values that other"
            + " programs computed. Prints a table and a line of JSON; needs no cluster.",
        "Exit code 0 if all agree, 2 if there is no GPU that can be used, 5 if it computes something"
            + " else."
      })
  static final class OfCheck implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private CheckOptions options;

    @Override
    public Integer call() {
      GradzooCommand.of(spec).requireNoConfig(spec);
      return options.check(spec.commandLine().getOut()).status();
    }
  }

  /** {@code gradzoo gpu bench}. */
  @Command(
      name = "bench",
      description = {
        "Trains metanetworks and takes sample gradients on a GPU, in batches of several sizes, and"
            + " prints a table and a line of JSON for each: networks, sets or samples a second, beside what products alone reach on the"
            + " same device, and how long each kernel takes. Needs no cluster.",
        "Exit code 2 if there is no GPU that can be used."
      })
  static final class OfBench implements Runnable {
    @Spec private CommandSpec spec;
    @Mixin private GpuBenchOptions options;

    @Override
    public void run() {
      GradzooCommand.of(spec).requireNoConfig(spec);
      options.bench(spec.commandLine().getOut());
    }
  }

  /** {@code gradzoo gpu bundle}. */
  @Command(
      name = "bundle",
      description = {
        "Makes a folder to be copied to a Linux machine with a GPU, of this processor's kind: with"
            + " a Java runtime, the jars that it needs and two scripts, check and bench, that do what"
            + " gpu check and gpu bench do. Exit code 2 if there is such a folder."
      })
  static final class OfBundle implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "To be made.")
    private Path folder;

    @Override
    public Integer call() {
      GradzooCommand.of(spec).requireNoConfig(spec);
      Map<String, Class<?>> programs =
          Map.of("check", BundledCheck.class, "bench", BundledBench.class);
      long bytes = new GpuBundle(folder).make(programs, CommandLine.class);
      spec.commandLine()
          .getOut()
          .println(
              "%s: %d MB; copy it to a machine with a GPU and run ./check there"
                  .formatted(folder, (bytes + 999_999) / 1_000_000));
      return ExitCode.OK.status();
    }
  }
}
