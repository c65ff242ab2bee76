package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import io.gradzoo.jobs.finetune.RunEvaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gradzoo evaluate}. */
@Command(
    name = "evaluate",
    description = "Judges a trained model on members of held-out runs, beside its baselines.")
final class EvaluateCommand extends ZooReader {
  @Mixin private RunOption run;

  @Option(
      names = "--on-other-members",
      description = "Judge on the zoo that stands there, though the run was trained on another.")
  private boolean onOtherMembers;

  @Override
  ConfigUse use() {
    return ConfigUse.places();
  }

  @Override
  Job<?> job() {
    EvaluationJob evaluation = new EvaluationJob(run.directory());
    return new RunEvaluation(
        run.directory(), onOtherMembers ? evaluation.onOtherMembers() : evaluation);
  }
}
