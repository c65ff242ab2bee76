package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.StepResult;
import io.gradzoo.jobs.table.ExpiryRule;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gradzoo zoo expire}. */
@Command(
    name = "expire",
    description =
        "Removes snapshots of a zoo that were replaced long ago; never the current ones, nor those"
            + " that gradient sets or a run in storage.runs name.")
final class ZooExpireCommand extends SparkCommand {
  @Mixin private ZooName zoo;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      defaultValue = "30d",
      converter = AgeOption.class,
      description =
          "Remove what was replaced longer ago, such as 7d or 12h (default: ${DEFAULT-VALUE}).")
  private Duration age;

  @Option(
      names = "--even-if-used",
      description = "Remove snapshots that gradient sets or runs name, too.")
  private boolean evenIfUsed;

  @Override
  StepResult<?> step(Gradzoo gradzoo) {
    return zoo.in(gradzoo).expire(age, evenIfUsed ? ExpiryRule.REMOVE_USED : ExpiryRule.KEEP_USED);
  }
}
