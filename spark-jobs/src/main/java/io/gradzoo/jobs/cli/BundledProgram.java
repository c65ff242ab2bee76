package io.gradzoo.jobs.cli;

import io.gradzoo.engine.fault.Faulty;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.GradzooException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A program of a {@link io.gradzoo.jobs.gpu.GpuBundle}: a command of {@code gradzoo gpu}, without
 * Spark.
 */
@Command(mixinStandardHelpOptions = true)
abstract class BundledProgram implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Where results are printed. */
  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Runs it and exits as it says. */
  final void run(String... arguments) {
    ErrorReport errors = new ErrorReport(Main.writer(System.err), false, Optional.empty());
    CommandLine line = new CommandLine(this);
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
}
