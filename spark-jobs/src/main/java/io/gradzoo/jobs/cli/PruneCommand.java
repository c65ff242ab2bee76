package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.StepResult;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gradzoo prune}. */
@Command(
    name = "prune",
    description = {
      "Prunes the best held-out members of the zoo that a model was trained on: by one pass of the"
          + " model, by a predictor of accuracies, and by magnitude, SNIP and L1; each is"
          + " fine-tuned, and all are compared.",
      "Writes pruning.json into the run directory and the tables NAME.members and NAME.pruned."
    })
final class PruneCommand extends SparkCommand {
  @Mixin private RunOption run;

  @Option(
      names = "--predictor",
      paramLabel = "DIR",
      description = "Run directory of a ScaleGMN that predicts accuracies of the same networks.")
  private String predictor;

  @Option(
      names = "--members",
      paramLabel = "N",
      description = "Held-out members to prune (default: ${DEFAULT-VALUE}).")
  private int members = 8;

  @Option(
      names = "--into",
      paramLabel = "NAME",
      description = "Zoo that they become (default: the run's zoo with _pruned).")
  private String into;

  @Override
  StepResult<?> step(Gradzoo gradzoo) {
    return run.in(gradzoo)
        .prune(Optional.ofNullable(predictor), members, Optional.ofNullable(into));
  }
}
