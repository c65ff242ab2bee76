package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.StepResult;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gradzoo zoo verify}. */
@Command(
    name = "verify",
    description = {
      "Looks at the weights and hashes of all members, and computes loss and accuracy of some again"
          + " on the images that they were tested on; counts dead neurons and rescalings that change"
          + " nothing.",
      "Which images: what the table says, else zoo.images, zoo.colours and zoo.image-train-share."
    })
final class ZooVerifyCommand extends ZooReader {
  @Mixin private ZooName zoo;

  @ArgGroup private SampleOptions members = new SampleOptions();

  /** Whose accuracies are computed again; at most one option may be given. */
  static final class SampleOptions {
    @Option(
        names = "--sample",
        paramLabel = "N",
        description = "Of how many members, drawn with the seed (default: 64).")
    private int sample = 64;

    @Option(names = "--all", description = "Of all members.")
    private boolean all;
  }

  @Override
  StepResult<?> step(Gradzoo gradzoo) {
    return zoo.in(gradzoo).verify(members.all ? Integer.MAX_VALUE : members.sample);
  }
}
