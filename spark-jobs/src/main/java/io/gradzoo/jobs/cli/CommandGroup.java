package io.gradzoo.jobs.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only gathers others. */
abstract class CommandGroup implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public final void run() {
    throw new ParameterException(
        spec.commandLine(),
        "expected one of "
            + String.join(", ", spec.subcommands().keySet())
            + " after "
            + spec.name()
            + ", found nothing");
  }
}
