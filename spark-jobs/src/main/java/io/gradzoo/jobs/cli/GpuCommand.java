package io.gradzoo.jobs.cli;

import io.gradzoo.engine.device.ProductPrecision;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.device.DeviceChoice;
import io.gradzoo.jobs.device.DeviceSettings;
import io.gradzoo.jobs.gpu.GpuCheck;
import io.gradzoo.jobs.gpu.GpuCheckResult;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gradzoo gpu …}. */
@Command(
    name = "gpu",
    description = "This machine's GPU.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = GpuCommand.OfCheck.class)
final class GpuCommand extends CommandGroup {

  /** {@code gradzoo gpu check}. */
  @Command(
      name = "check",
      description = {
        "Compares a GPU with the CPU: every operation and its derivatives on odd shapes, and 20"
            + " training steps of each metanetwork. Prints a table and a line of JSON; needs no"
            + " cluster.",
        "Exit code 0 if all agree, 2 if there is no GPU that can be used, 5 if it computes something"
            + " else."
      })
  static final class OfCheck implements Callable<Integer> {
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

    @Spec private CommandSpec spec;

    @Option(
        names = "--device",
        paramLabel = "DEVICE",
        description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Checkable device = Checkable.CUDA;

    @Option(
        names = "--strict",
        description = "Products in float32; else a GPU rounds their factors to TF32.")
    private boolean strict;

    @Override
    public Integer call() {
      GradzooCommand.of(spec).requireNoConfig(spec);
      ProductPrecision products = strict ? ProductPrecision.FLOAT32 : ProductPrecision.TF32;
      GpuCheckResult result = new GpuCheck(new DeviceSettings(device.choice, products)).run();
      PrintWriter out = spec.commandLine().getOut();
      out.print(result.table());
      out.println(result.json());
      return (result.passed() ? ExitCode.OK : ExitCode.INTERNAL).status();
    }
  }
}
