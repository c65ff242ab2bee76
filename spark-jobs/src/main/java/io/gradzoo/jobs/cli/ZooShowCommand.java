package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.zoo.ShowZoo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gradzoo zoo show}. */
@Command(
    name = "show",
    description =
        "Shows what a zoo is: how it was made, what became of its members, and its snapshots.")
final class ZooShowCommand extends ZooReader {
  @Mixin private ZooName zoo;

  @Override
  ConfigUse use() {
    return ConfigUse.tables();
  }

  @Override
  Job<?> job() {
    return new ShowZoo(zoo.given());
  }
}
