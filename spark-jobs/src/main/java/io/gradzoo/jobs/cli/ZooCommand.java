package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.zoo.ListTables;
import io.gradzoo.jobs.zoo.ZooGeneration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gradzoo zoo …}. */
@Command(
    name = "zoo",
    description = "Zoos of trained networks.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ZooCommand.Generate.class, ZooCommand.ListAll.class})
final class ZooCommand extends CommandGroup {

  /** {@code gradzoo zoo generate}. */
  @Command(
      name = "generate",
      description = "Trains the networks of the config's zoo and publishes its members table.")
  static final class Generate extends SparkCommand {
    @Option(
        names = "--replace-other-code",
        description = "Replace a zoo of other code even in a plain folder, which keeps no version.")
    private boolean replace;

    @Override
    ConfigUse use() {
      return ConfigUse.members();
    }

    @Override
    Job job() {
      return new ZooGeneration(replace ? OtherCodePolicy.REPLACE : OtherCodePolicy.REMAKE);
    }
  }

  /** {@code gradzoo zoo list}. */
  @Command(name = "list", description = "Lists the zoos and their tables.")
  static final class ListAll extends SparkCommand {
    @Override
    ConfigUse use() {
      return ConfigUse.places();
    }

    @Override
    Job job() {
      return new ListTables();
    }
  }
}
