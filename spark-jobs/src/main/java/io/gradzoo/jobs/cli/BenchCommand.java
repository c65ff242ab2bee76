package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.bench.BenchSettings;
import io.gradzoo.jobs.bench.BenchSubject;
import io.gradzoo.jobs.bench.FineTuneBench;
import io.gradzoo.jobs.bench.GradMetaNetBench;
import io.gradzoo.jobs.bench.GradMetaNetVariant;
import io.gradzoo.jobs.bench.GradientBench;
import io.gradzoo.jobs.bench.GradientWorkload;
import io.gradzoo.jobs.bench.TrainBench;
import io.gradzoo.jobs.bench.WeightBench;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.config.GradzooConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gradzoo bench …}. */
@Command(
    name = "bench",
    description = "How fast the engine is on this machine; needs no cluster.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BenchCommand.OfScaleGmn.class,
      BenchCommand.OfGradMetaNet.class,
      BenchCommand.OfGradients.class,
      BenchZooCommand.class,
      BenchCommand.OfTrain.class,
      BenchAveragingCommand.class,
      BenchCommand.OfFineTune.class
    })
final class BenchCommand extends CommandGroup {

  /** The options that every bench has. */
  static final class MeasurementOptions {
    @Option(
        names = "--threads",
        paramLabel = "T",
        description = "Threads that share the work (default: one for each core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
        names = "--seconds",
        paramLabel = "S",
        description = "How long to measure, after as long to warm up (default: ${DEFAULT-VALUE}).")
    private double seconds = 10;

    /** What the options say of a bench. */
    BenchSettings settings(int batch, BenchSettings.Work work) {
      return new BenchSettings(batch, threads, seconds, work);
    }
  }

  /** {@code gradzoo bench scalegmn}. */
  @Command(
      name = "scalegmn",
      description = {
        "Trains the preset's ScaleGMN on random networks shaped like its zoo's and prints a line of"
            + " JSON.",
        "Operations are those of matrix products, counted; the peak is what products alone reach."
      })
  static final class OfScaleGmn implements Runnable {
    @Spec private CommandSpec spec;

    @Option(
        names = "--batch",
        paramLabel = "N",
        description = "Networks of a step (default: ${DEFAULT-VALUE}).")
    private int batch = 64;

    @Mixin private MeasurementOptions measurement;

    @Option(names = "--forward", description = "Forward passes only.")
    private boolean forward;

    @Override
    public void run() {
      GradzooCommand program = GradzooCommand.of(spec);
      program.requireNoTables(spec);
      String kind = spec.name();
      GradzooConfig config = program.config(spec, ConfigUse.metanetwork(kind));
      BenchSettings settings =
          new BenchSettings(
              batch,
              measurement.threads,
              measurement.seconds,
              forward ? BenchSettings.Work.FORWARD : BenchSettings.Work.TRAINING);
      String line =
          new WeightBench(config, kind, settings)
              .run()
              .json(new BenchSubject(kind, "network"), program.preset(), settings);
      spec.commandLine().getOut().println(line);
    }
  }

  /** {@code gradzoo bench gradmetanet}. */
  @Command(
      name = "gradmetanet",
      description = {
        "Trains GradMetaNet on random sets of 128 gradients of a SIREN 1-32-32-1 and prints a line"
            + " of JSON.",
        "Operations are those of matrix products, counted; the peak is what products alone reach."
      })
  static final class OfGradMetaNet implements Runnable {
    @Spec private CommandSpec spec;

    @Option(
        names = "--batch",
        paramLabel = "N",
        description = "Gradient sets of a step (default: ${DEFAULT-VALUE}).")
    private int batch = 32;

    @Mixin private MeasurementOptions measurement;

    @Option(names = "--plus-plus", description = "GradMetaNet++, which has attention.")
    private boolean plusPlus;

    @Override
    public void run() {
      GradzooCommand.of(spec).requireNoConfig(spec);
      BenchSettings settings =
          new BenchSettings(
              batch, measurement.threads, measurement.seconds, BenchSettings.Work.TRAINING);
      BenchSubject subject = new BenchSubject(spec.name() + (plusPlus ? "++" : ""), "set");
      GradMetaNetVariant variant =
          plusPlus ? GradMetaNetVariant.PLUS_PLUS : GradMetaNetVariant.PLAIN;
      String line = new GradMetaNetBench(variant, settings).run().json(subject, "", settings);
      spec.commandLine().getOut().println(line);
    }
  }

  /** {@code gradzoo bench gradients}. */
  @Command(
      name = "gradients",
      description = {
        "Takes sample gradients of random networks, set after set, and prints a line of JSON.",
        "Operations are those of matrix products, counted; the peak is what products alone reach."
      })
  static final class OfGradients implements Runnable {
    private static final int SAMPLES = 64;

    @Spec private CommandSpec spec;

    @Option(
        names = "--architecture",
        paramLabel = "NAME",
        description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private GradientWorkload architecture = GradientWorkload.CNN32;

    @Mixin private MeasurementOptions measurement;

    @Override
    public void run() {
      GradzooCommand.of(spec).requireNoConfig(spec);
      BenchSettings settings =
          new BenchSettings(
              SAMPLES, measurement.threads, measurement.seconds, BenchSettings.Work.GRADIENTS);
      String line = new GradientBench(architecture, settings).run().json(architecture, settings);
      spec.commandLine().getOut().println(line);
    }
  }

  /** {@code gradzoo bench train}. */
  @Command(
      name = "train",
      description = {
        "Trains a model of the config on made-up examples in rounds on Spark, beside the same steps"
            + " without Spark, and prints a line of JSON."
      })
  static final class OfTrain implements Runnable {
    @Spec private CommandSpec spec;

    @Parameters(
        paramLabel = "MODEL",
        arity = "0..1",
        description = "Name of a block below models (default: ${DEFAULT-VALUE}).")
    private String model = "scalegmn";

    @Mixin private MeasurementOptions measurement;

    @Override
    public void run() {
      GradzooCommand program = GradzooCommand.of(spec);
      program.requireNoTables(spec);
      GradzooConfig config = program.config(spec, ConfigUse.model(model));
      String line =
          new TrainBench(config, model, measurement.threads, measurement.seconds)
              .run(program.preset());
      spec.commandLine().getOut().println(line);
    }
  }

  /** {@code gradzoo bench finetune}. */
  @Command(
      name = "finetune",
      description = {
        "Changes random networks with a model of the config, untrained, and prints a line of JSON:"
            + " how long a core takes for a network."
      })
  static final class OfFineTune implements Runnable {
    @Spec private CommandSpec spec;

    @Parameters(
        paramLabel = "MODEL",
        description = "Name of a block below models whose task changes networks.")
    private String model;

    @Mixin private MeasurementOptions measurement;

    @Override
    public void run() {
      GradzooCommand program = GradzooCommand.of(spec);
      program.requireNoTables(spec);
      GradzooConfig config = program.config(spec, ConfigUse.model(model));
      String line =
          new FineTuneBench(config, model, measurement.threads, measurement.seconds)
              .run(program.preset());
      spec.commandLine().getOut().println(line);
    }
  }
}
