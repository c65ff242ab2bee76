package io.gradzoo.jobs.cli;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.RunSteps;
import io.gradzoo.jobs.facade.StepResult;
import io.gradzoo.jobs.finetune.EditRule;
import io.gradzoo.jobs.finetune.FileFineTuning;
import io.gradzoo.jobs.table.ZooVersion;
import java.nio.file.Path;
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
      "Tables NAME.members and NAME.fine_tuned; the members that are read stay as they are.",
      "With --network and --out: to the network of one file."
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
      names = "--network",
      paramLabel = "FILE",
      description =
          "Network to change instead: .npz, .safetensors, .csv, .pth, .onnx, or .zip of DL4J.")
  private Path network;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where it goes, .npz or .safetensors; nothing may stand there.")
  private Path out;

  @Option(
      names = "--architecture",
      paramLabel = "TEXT",
      description =
          "Architecture of --network where its file does not say it, such as"
              + " tanh:64:dense16:dense10.")
  private String architecture;

  @Option(
      names = "--objective",
      paramLabel = "NAME",
      description =
          "What tells better from worse: CE, CE_L1 or OWN, which the model was trained with"
              + " (default: ${DEFAULT-VALUE}).")
  private EditRule.Criterion objective = EditRule.Criterion.OWN;

  @Option(names = "--only-if-better", description = "Members that become worse stay as they were.")
  private boolean onlyIfBetter;

  @Option(
      names = "--search-length",
      description =
          "Networks go toward what the model makes of them only as far as it is best for the"
              + " training images; those that it makes worse there stay as they were.")
  private boolean searchLength;

  @Override
  StepResult<?> step(Gradzoo gradzoo) {
    EditRule rule =
        new EditRule(
            objective,
            searchLength ? EditRule.Length.SEARCHED : EditRule.Length.WHOLE,
            onlyIfBetter ? EditRule.Keep.IF_BETTER : EditRule.Keep.CHANGED);
    RunSteps model = run.in(gradzoo);
    requireOneOf();
    return network == null
        ? model.finetune(Optional.ofNullable(zoo), Optional.ofNullable(into), rule)
        : model.finetuneFile(
            new FileFineTuning.NetworkPaths(network, out, Optional.ofNullable(architecture)), rule);
  }

  /** Refuses options of both, or half of them. */
  private void requireOneOf() {
    boolean zoos = zoo != null || into != null || !(version() instanceof ZooVersion.Newest);
    boolean both = network != null && zoos;
    boolean half = network == null ? (out != null || architecture != null) : out == null;
    if (both || half) {
      throw GradzooException.usage(
          Fault.of("finetune")
              .expected("--network with --out, or neither; --architecture with --network alone")
              .found(both ? "--network beside options of zoos" : "one without the other"));
    }
  }
}
