package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.config.ConfigKeys;
import io.gradzoo.jobs.config.ConfigUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gradzoo config …}. */
@Command(
    name = "config",
    description = "What a run would use, and what can be set.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ConfigCommand.Show.class, ConfigCommand.Keys.class})
final class ConfigCommand extends CommandGroup {

  /** {@code gradzoo config show}. */
  @Command(
      name = "show",
      description = "Checks the config and prints every value in force, as JSON.")
  static final class Show implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      GradzooCommand program = GradzooCommand.of(spec);
      program.requireNoTables(spec);
      String json = program.config(spec, ConfigUse.everything()).effective().json();
      spec.commandLine().getOut().print(json);
    }
  }

  /** {@code gradzoo config keys}. */
  @Command(
      name = "keys",
      description = "Prints every key, its default and which artefacts it affects, as Markdown.")
  static final class Keys implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      GradzooCommand.of(spec).requireNoConfig(spec);
      spec.commandLine().getOut().print(ConfigKeys.table());
    }
  }
}
