package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.StepResult;
import io.gradzoo.jobs.table.ZooVersion;
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
  StepResult<?> step(Gradzoo gradzoo) {
    return zoo.in(gradzoo).diff(wanted(from), wanted(to));
  }

  private static ZooVersion wanted(Long snapshot) {
    return snapshot == null ? new ZooVersion.Newest() : new ZooVersion.OfSnapshot(snapshot);
  }
}
