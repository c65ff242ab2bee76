package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.code.OtherCodePolicy;
import io.gradzoo.jobs.facade.Gradzoo;
import io.gradzoo.jobs.facade.StepResult;
import io.gradzoo.jobs.published.ExportFormat;
import io.gradzoo.jobs.published.ZooFormat;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gradzoo zoo …}. */
@Command(
    name = "zoo",
    description = "Zoos of trained networks.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ZooCommand.Generate.class,
      ZooRegenerateCommand.class,
      ZooCommand.Import.class,
      ZooCommand.Export.class,
      ZooCommand.ListAll.class,
      ZooShowCommand.class,
      ZooDiffCommand.class,
      ZooExpireCommand.class,
      ZooVerifyCommand.class
    })
final class ZooCommand extends CommandGroup {

  /** {@code gradzoo zoo generate}. */
  @Command(
      name = "generate",
      description = "Trains the networks of the config's zoo and publishes its members table.")
  static final class Generate extends SparkCommand {
    @Option(
        names = "--replace-other-code",
        description = "Replace a zoo of other code even in a plain folder, which keeps no version.")
    private boolean replace;

    @Option(
        names = "--estimate",
        description =
            "Time some members and say what the zoo takes: core-hours, bytes, memory. Nothing is"
                + " written.")
    private boolean estimate;

    @Override
    boolean goesOn() {
      return true;
    }

    @Override
    StepResult<?> step(Gradzoo gradzoo) {
      return estimate
          ? gradzoo.zoo().estimate()
          : gradzoo.zoo().generate(replace ? OtherCodePolicy.REPLACE : OtherCodePolicy.REMAKE);
    }
  }

  /** {@code gradzoo zoo import}. */
  @Command(
      name = "import",
      description =
          "Reads a zoo that others published, or a folder of network files, and publishes the"
              + " networks as the members table of zoo.name.")
  static final class Import extends SparkCommand {
    @Option(
        names = "--from",
        required = true,
        paramLabel = "FOLDER",
        description = "The folder of the files, here or on any file system of Hadoop's.")
    private String folder;

    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        defaultValue = "small-cnn",
        description =
            "small-cnn: weights.npy, metrics.csv or metrics.csv.gz, layout.csv. mnist-inrs,"
                + " fashion-mnist-inrs, cifar10-inrs: folders of .pth files as they were"
                + " published. files: what zoo.json in the folder describes: npz, safetensors,"
                + " csv, torch, onnx or dl4j. Default: ${DEFAULT-VALUE}.")
    private ZooFormat format;

    @Option(
        names = "--splits",
        paramLabel = "FILE",
        description = "A published split file in the folder, which says who is in which split.")
    private Optional<String> splits;

    @Option(
        names = "--licence",
        paramLabel = "TEXT",
        defaultValue = "not stated",
        description = "The licence of the files, kept with the table. Default: ${DEFAULT-VALUE}.")
    private String licence;

    @Option(
        names = "--replace-other-code",
        description = "Replace a zoo of other code even in a plain folder, which keeps no version.")
    private boolean replace;

    @Override
    StepResult<?> step(Gradzoo gradzoo) {
      return gradzoo
          .zoo()
          .importFrom(
              folder,
              format,
              splits,
              licence,
              replace ? OtherCodePolicy.REPLACE : OtherCodePolicy.REMAKE);
    }
  }

  /** {@code gradzoo zoo export}. */
  @Command(
      name = "export",
      description =
          "Writes the healthy members of zoo.name as files, which zoo import reads back bit by bit.")
  static final class Export extends ZooReader {
    @Option(
        names = "--to",
        required = true,
        paramLabel = "FOLDER",
        description = "A new folder, here or on any file system of Hadoop's.")
    private String folder;

    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        defaultValue = "small-cnn",
        description =
            "small-cnn: weights.npy, metrics.csv, layout.csv. npz, safetensors, csv: a file for"
                + " each network, with members.csv and zoo.json, which zoo import --format files"
                + " reads. Default: ${DEFAULT-VALUE}.")
    private ExportFormat format;

    @Override
    StepResult<?> step(Gradzoo gradzoo) {
      return gradzoo.zoo().exportTo(folder, format);
    }
  }

  /** {@code gradzoo zoo list}. */
  @Command(name = "list", description = "Lists the zoos and their tables.")
  static final class ListAll extends SparkCommand {

    @Override
    StepResult<?> step(Gradzoo gradzoo) {
      return gradzoo.zoos();
    }
  }
}
