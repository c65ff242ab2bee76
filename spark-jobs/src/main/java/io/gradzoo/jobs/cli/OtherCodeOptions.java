package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.code.OtherCodePolicy;
import picocli.CommandLine.Option;

/** Options for results of other code; at most one may be given. */
final class OtherCodeOptions {
  @Option(
      names = "--reuse-other-code",
      description =
          "Keep what other code made from the same settings, and go on with what it staged;"
              + " it is made again otherwise.")
  private boolean reuse;

  @Option(
      names = "--replace-other-code",
      description = "Make it again even in plain folders, which keep no older version.")
  private boolean replace;

  /** The rule that they name. */
  OtherCodePolicy rule() {
    if (reuse) {
      return OtherCodePolicy.REUSE;
    }
    return replace ? OtherCodePolicy.REPLACE : OtherCodePolicy.REMAKE;
  }
}
