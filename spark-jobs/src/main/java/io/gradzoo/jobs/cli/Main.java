package io.gradzoo.jobs.cli;

import io.gradzoo.jobs.ExitCode;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program {@code gradzoo}. */
public final class Main {
  private Main() {}

  static final String DEBUG = "--debug";

  /** Runs one command and exits with its {@link ExitCode}. */
  public static void main(String[] arguments) {
    boolean debug = Arrays.asList(arguments).contains(DEBUG);
    Terminal terminal = debug ? Terminal.share() : Terminal.take();
    int status = terminal.finished(run(arguments, System.out, terminal.err(), terminal.log()));
    end(status);
  }

  /** Ends the process if the status is not 0; else whatever still runs ends it. */
  static void end(int status) {
    if (status != 0) {
      System.exit(status);
    }
  }

  /**
   * Runs one command in this JVM, on its Spark session if it has one, and returns the exit status.
   *
   * @param out for results
   * @param err for progress and errors
   */
  public static int run(String[] arguments, PrintStream out, PrintStream err) {
    return run(arguments, out, err, Optional.empty());
  }

  private static int run(
      String[] arguments, PrintStream out, PrintStream err, Optional<RunLog> log) {
    PrintWriter results = writer(out);
    boolean debug = Arrays.asList(arguments).contains(DEBUG);
    ErrorReport errors = new ErrorReport(writer(err), debug, log);
    try {
      DecodableNames.require(arguments);
      return commandLine(results, err, errors).execute(arguments);
    } catch (Throwable e) { // whatever it is, it is reported and gives an exit code
      return errors.failure(e);
    } finally {
      results.flush();
    }
  }

  /** Whether the command that arguments name goes on where it was when it is given again. */
  static boolean goesOn(String... arguments) {
    try {
      CommandLine line = new CommandLine(new GradzooCommand(System.err)).setExpandAtFiles(false);
      ParseResult parsed = line.parseArgs(arguments);
      while (parsed.hasSubcommand()) {
        parsed = parsed.subcommand();
      }
      return parsed.commandSpec().userObject() instanceof SparkCommand command && command.goesOn();
    } catch (ParameterException e) { // which the program will say
      return false;
    }
  }

  private static CommandLine commandLine(
      PrintWriter out, PrintStream progress, ErrorReport errors) {
    CommandLine line = new CommandLine(new GradzooCommand(progress));
    line.setOut(out);
    line.setExpandAtFiles(false);
    line.setUsageHelpAutoWidth(false);
    line.setParameterExceptionHandler((e, arguments) -> errors.usage(e));
    line.setExecutionExceptionHandler((e, command, result) -> errors.failure(e));
    return line;
  }

  static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
