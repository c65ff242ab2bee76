package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.StepResult;
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
  StepResult<?> step(Gradzoo gradzoo) {
    return onOtherMembers ? run.in(gradzoo).evaluateOnOtherMembers() : run.in(gradzoo).evaluate();
  }
}
