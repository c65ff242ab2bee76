package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.evaluation.EvaluationJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gradzoo evaluate}. */
@Command(
    name = "evaluate",
    description = "Judges a trained model on members of held-out runs, beside its baselines.")
final class EvaluateCommand extends SparkCommand {
  @Mixin private RunOption run;

  @Override
  Job job() {
    return new EvaluationJob(run.directory());
  }
}
