package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.StepResult;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gradzoo symmetry …}. */
@Command(
    name = "symmetry",
    description = "Symmetries of metanetworks.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = SymmetryCommand.Check.class)
final class SymmetryCommand extends CommandGroup {

  /** {@code gradzoo symmetry check}. */
  @Command(
      name = "check",
      description = {
        "Measures how far a trained model's results move when its members are permuted and"
            + " rescaled.",
        "Exits with 0 whatever it finds: the table's last line says whether the symmetries hold."
      })
  static final class Check extends ZooReader {
    @Option(
        names = "--run",
        paramLabel = "DIR",
        required = true,
        description = "Run directory of the trained model.")
    private String run;

    @Option(
        names = "--zoo",
        paramLabel = "NAME",
        description = "Zoo whose members are taken (default: the one the model was trained on).")
    private String zoo;

    @Override
    StepResult<?> step(Gradzoo gradzoo) {
      return gradzoo.run(run).checkSymmetries(Optional.ofNullable(zoo));
    }
  }
}
