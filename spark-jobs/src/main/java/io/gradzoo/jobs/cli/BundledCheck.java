package io.gradzoo.jobs.cli;

import io.gradzoo.engine.fault.Faulty;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The program of a {@link io.gradzoo.jobs.gpu.GpuBundle}: {@code gradzoo gpu check}, without Spark.
 */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Compares this machine's GPU with its CPU.")
public final class BundledCheck implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CheckOptions options;

  private BundledCheck() {}

  /** Checks, and exits as {@code gradzoo gpu check} does. */
  public static void main(String[] arguments) {
    run(new BundledCheck(), arguments);
  }

  /** Runs a program of a bundle and exits as it says. */
  static void run(Callable<Integer> program, String... arguments) {
    ErrorReport errors = new ErrorReport(Main.writer(System.err), false, Optional.empty());
    CommandLine line = new CommandLine(program);
    line.setOut(Main.writer(System.out));
    line.setErr(Main.writer(System.err));
    line.setExpandAtFiles(false);
    line.setParameterExceptionHandler((e, given) -> errors.usage(e));
    line.setExecutionExceptionHandler((e, command, result) -> failure(e, line.getErr()));
    Main.end(line.execute(arguments));
  }

  /** {@link ErrorReport} knows Spark's failures too, and Spark is not there. */
  private static int failure(Exception failure, PrintWriter err) {
    if (failure instanceof Faulty known) {
      known.faults().forEach(fault -> err.println(fault.line()));
    } else {
      failure.printStackTrace(err);
    }
    ExitCode code =
        failure instanceof GradzooException expected ? expected.exitCode() : ExitCode.INTERNAL;
    return code.status();
  }

  @Override
  public Integer call() {
    return options.check(spec.commandLine().getOut()).status();
  }
}
