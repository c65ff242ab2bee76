package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.table.ZooVersion;
import io.gradzoo.jobs.zoo.CompareSnapshots;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gradzoo zoo diff}. */
@Command(
    name = "diff",
    description =
        "Says what differs between two snapshots of a zoo: settings, code, images and members.")
final class ZooDiffCommand extends SparkCommand {
  @Mixin private ZooName zoo;

  @Option(
      names = "--from",
      paramLabel = "ID",
      description = "The earlier snapshot (default: the one before --to).")
  private Long from;

  @Option(
      names = "--to",
      paramLabel = "ID",
      description = "The later snapshot (default: the current one).")
  private Long to;

  @Override
  ConfigUse use() {
    return ConfigUse.tables();
  }

  @Override
  Job<?> job() {
    return new CompareSnapshots(zoo.given(), wanted(from), wanted(to));
  }

  private static ZooVersion wanted(Long snapshot) {
    return snapshot == null ? new ZooVersion.Newest() : new ZooVersion.OfSnapshot(snapshot);
  }
}
