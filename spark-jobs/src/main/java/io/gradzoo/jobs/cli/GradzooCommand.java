package io.gradzoo.jobs.cli;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.code.Build;
import io.gradzoo.jobs.config.ConfigUse;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.facade.Presets;
import io.gradzoo.jobs.facade.StepSettings;
import io.gradzoo.jobs.table.ZooVersion;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Stack;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code gradzoo}: the commands, and the options that all of them share. */
@Command(
    name = "gradzoo",
    description = "Trains metanetworks on zoos of small neural networks, on Apache Spark.",
    versionProvider = GradzooCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      ZooCommand.class,
      GradientsCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      FineTuneCommand.class,
      PruneCommand.class,
      StudyCommand.class,
      RunsCommand.class,
      ReportCommand.class,
      ShellCommand.class,
      StorageCommand.class,
      SymmetryCommand.class,
      BenchCommand.class,
      GpuCommand.class,
      ConfigCommand.class,
      CompletionCommand.class
    },
    footer = {
      "",
      "deploy/bin/gradzoo also takes, before the command, what Spark is to know:",
      "      --master=URL           where to run; all cores of this machine by default",
      "      --conf=KEY=VALUE       a setting of Spark's",
      "      --ui                   show Spark's web page",
    })
final class GradzooCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "Config of that name in conf/ (default: digits).")
  private String preset;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Config that lies over the preset.")
  private Path file;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Keep tables as plain Parquet folders here instead of in the warehouse.")
  private String output;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show every problem and where in the program it arose.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean help;

  @Option(names = "--version", versionHelp = true, description = "Show the version.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean version;

  private final List<String> assignments = new ArrayList<>();
  private final PrintStream progress;

  GradzooCommand(PrintStream progress) {
    this.progress = progress;
  }

  /** Adds one; picocli calls it with null before it parses. */
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      scope = ScopeType.INHERIT,
      parameterConsumer = Appending.class,
      description = "One value that lies over both; may be repeated.")
  private void set(String assignment) {
    if (assignment != null) {
      assignments.add(assignment);
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a command, found none");
  }

  /**
   * Reads the config of the options' layers for a command; prints what should be written otherwise.
   *
   * @throws GradzooException exit code 2 with every mistake in what the command uses, or every
   *     option that it does not use
   */
  GradzooConfig config(CommandSpec command, ConfigUse use) {
    GradzooConfig config = settings().load(use, command.qualifiedName());
    config.warnings().forEach(progress::println);
    return config;
  }

  /** What the options say of config and tables. */
  StepSettings settings() {
    return new StepSettings(
        Optional.ofNullable(preset),
        Optional.ofNullable(file),
        assignments,
        Optional.ofNullable(output),
        new ZooVersion.Newest());
  }

  /** The preset's name. */
  String preset() {
    return preset == null ? Presets.DEFAULT : preset;
  }

  /** Refuses options about tables for a command that has none. */
  void requireNoTables(CommandSpec command) {
    requireAbsent(command, "--output", output != null);
  }

  /** Refuses options about tables and configs for a command that has neither. */
  void requireNoConfig(CommandSpec command) {
    requireNoTables(command);
    requireAbsent(command, "--preset", preset != null);
    requireAbsent(command, "--config", file != null);
    requireAbsent(command, "--set", !assignments.isEmpty());
  }

  private static void requireAbsent(CommandSpec command, String option, boolean given) {
    if (given) {
      throw GradzooException.usage(
          Fault.of(command.qualifiedName())
              .at(option)
              .expected("what this command uses")
              .found("what changes nothing in it")
              .fix("leave it out"));
    }
  }

  /** Where progress is printed. */
  PrintStream progress() {
    return progress;
  }

  /** The options of the program that a command belongs to. */
  static GradzooCommand of(CommandSpec command) {
    return (GradzooCommand) command.root().userObject();
  }

  /** Keeps what stood before the command when more stands after it. */
  static final class Appending implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
      if (arguments.isEmpty()) {
        throw new MissingParameterException(
            command.commandLine(), option, "missing required parameter for option '--set'");
      }
      of(command).set(arguments.pop());
    }
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"gradzoo " + Build.current()};
    }
  }
}
