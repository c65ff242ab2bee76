package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.StepResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gradzoo zoo show}. */
@Command(
    name = "show",
    description =
        "Shows what a zoo is: how it was made, what became of its members, and its snapshots.")
final class ZooShowCommand extends ZooReader {
  @Mixin private ZooName zoo;

  @Override
  StepResult<?> step(Gradzoo gradzoo) {
    return zoo.in(gradzoo).show();
  }
}
