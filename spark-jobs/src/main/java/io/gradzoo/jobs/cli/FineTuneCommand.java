package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.StepResult;
import io.gradzoo.jobs.finetune.EditRule;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gradzoo finetune}. */
@Command(
    name = "finetune",
    description = {
      "Applies a trained model that changes networks to the members of a zoo, and publishes what"
          + " becomes of them as a zoo of its own.",
      "Tables NAME.members and NAME.fine_tuned; the members that are read stay as they are."
    })
final class FineTuneCommand extends ZooReader {
  @Mixin private RunOption run;

  @Option(
      names = "--zoo",
      paramLabel = "NAME",
      description = "Zoo whose members are changed (default: the one the model was trained on).")
  private String zoo;

  @Option(
      names = "--into",
      paramLabel = "NAME",
      description = "Zoo that they become (default: the other's name with _tuned).")
  private String into;

  @Option(
      names = "--objective",
      paramLabel = "NAME",
      description =
          "What tells better from worse: CE, CE_L1 or OWN, which the model was trained with"
              + " (default: ${DEFAULT-VALUE}).")
  private EditRule.Criterion objective = EditRule.Criterion.OWN;

  @Option(names = "--only-if-better", description = "Members that become worse stay as they were.")
  private boolean onlyIfBetter;

  @Override
  StepResult<?> step(Gradzoo gradzoo) {
    return run.in(gradzoo)
        .finetune(
            Optional.ofNullable(zoo),
            Optional.ofNullable(into),
            new EditRule(
                objective, onlyIfBetter ? EditRule.Keep.IF_BETTER : EditRule.Keep.CHANGED));
  }
}
