package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.table.ZooVersion;
import java.time.Instant;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A command that reads a zoo, in whichever version is asked for. */
abstract class ZooReader extends SparkCommand {
  @ArgGroup private VersionOptions version = new VersionOptions();

  @Override
  final ZooVersion version() {
    return version.wanted();
  }

  /** Options for the version of the zoo; at most one may be given. */
  static final class VersionOptions {
    @Option(
        names = "--snapshot",
        paramLabel = "ID",
        description = "Read this snapshot of the zoo, as zoo show lists it.")
    private Long snapshot;

    @Option(
        names = "--as-of",
        paramLabel = "TIME",
        converter = TimeOption.class,
        description =
            "Read the zoo that stood there at this time, such as 2026-11-27T19:30:00Z"
                + " (without an offset: UTC).")
    private Instant time;

    private ZooVersion wanted() {
      if (snapshot != null) {
        return new ZooVersion.OfSnapshot(snapshot);
      }
      return time == null ? new ZooVersion.Newest() : new ZooVersion.AsOf(time);
    }
  }
}
