package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.StepResult;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gradzoo zoo regenerate}. */
@Command(
    name = "regenerate",
    description = {
      "Makes the config's zoo and publishes it as a new version, unless it stands there already,"
          + " made from the same settings, code and images.",
      "For schedules: where another command is at work on the zoo, it is left to that one."
    })
final class ZooRegenerateCommand extends SparkCommand {
  @Option(
      names = "--if-older-than",
      paramLabel = "AGE",
      converter = AgeOption.class,
      description = "Make it again too if it is older, such as 7d or 12h.")
  private Duration age;

  @Option(
      names = "--replace-other-code",
      description = "Replace a zoo of other code even in a plain folder, which keeps no version.")
  private boolean replace;

  @Override
  boolean goesOn() {
    return true;
  }

  @Override
  StepResult<?> step(Gradzoo gradzoo) {
    return gradzoo
        .zoo()
        .regenerate(
            replace ? OtherCodePolicy.REPLACE : OtherCodePolicy.REMAKE, Optional.ofNullable(age));
  }
}
