package io.gradzoo.jobs.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gradzoo config …}. */
@Command(
    name = "config",
    description = "What a run would use.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = ConfigCommand.Show.class)
final class ConfigCommand extends CommandGroup {

  /** {@code gradzoo config show}. */
  @Command(
      name = "show",
      description = "Checks the config and prints every value in force, as JSON.")
  static final class Show implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      String json = GradzooCommand.of(spec).config().effective().json();
      spec.commandLine().getOut().print(json);
    }
  }
}
