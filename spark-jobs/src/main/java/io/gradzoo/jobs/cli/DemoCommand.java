package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.StepResult;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** {@code gradzoo demo}. */
@Command(
    name = "demo",
    description = "Does everything once, small: zoo, gradient sets, training, evaluation, report.")
final class DemoCommand extends SparkCommand {
  @ArgGroup private OtherCodeOptions otherCode = new OtherCodeOptions();

  @Override
  boolean goesOn() {
    return true;
  }

  @Override
  StepResult<?> step(Gradzoo gradzoo) {
    return gradzoo.demo(otherCode.rule(), this::print);
  }
}
