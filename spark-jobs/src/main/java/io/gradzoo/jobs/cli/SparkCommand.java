package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.StepResult;
import io.gradzoo.jobs.table.ZooVersion;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that is one step on Spark, the facade's call of which it makes. */
abstract class SparkCommand implements Runnable {
  @Spec CommandSpec spec;

  /** The step; the command's own options have been read. */
  abstract StepResult<?> step(Gradzoo gradzoo);

  /** Whether the command, interrupted and given again, goes on where it was. */
  boolean goesOn() {
    return false;
  }

  /** The version of zoos that the command reads. */
  ZooVersion version() {
    return new ZooVersion.Newest();
  }

  @Override
  public final void run() {
    Terminal.nextTime(goesOn() ? Terminal.GOES_ON : Terminal.STARTS_AGAIN);
    GradzooCommand program = GradzooCommand.of(spec);
    try (CommandSession session = new CommandSession(spec.qualifiedName(), program.progress())) {
      Gradzoo gradzoo =
          Gradzoo.forCommand(
              spec.qualifiedName(),
              session::open,
              program.settings().at(version()),
              Progress.to(program.progress(), this::announce));
      JobResult result = step(gradzoo).value();
      print(result);
      if (!result.faults().isEmpty()) {
        throw GradzooException.data(result.faults());
      }
    }
  }

  /** Shows information that is known before the work begins. */
  private void announce(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  /** Shows a result to the user. */
  final void print(JobResult result) {
    PrintWriter out = spec.commandLine().getOut();
    result.print(out);
    out.flush();
  }
}
