package io.gradzoo.jobs.cli;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.fault.OneLine;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.Failures;
import io.gradzoo.jobs.config.Suggestions;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What the user sees of a failure: at most three lines. With more problems than that, the third
 * line names the places of the others; {@code --debug} shows all of them and the stack trace.
 */
final class ErrorReport {
  private static final int MOST_LINES = 3;
  private static final int WIDEST = 400;

  private final PrintWriter err;
  private final boolean debug;

  ErrorReport(PrintWriter err, boolean debug) {
    this.err = err;
    this.debug = debug;
  }

  /** Reports a failed command; returns the exit status. */
  int failure(Throwable failure) {
    List<Fault> faults = Failures.faults(failure);
    (debug ? faults.stream().map(Fault::line).toList() : shortened(faults)).forEach(err::println);
    if (debug) {
      failure.printStackTrace(err);
    }
    err.flush();
    return Failures.exitCode(failure).status();
  }

  /** Reports a command line that cannot be understood; returns the exit status. */
  int usage(ParameterException e) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    err.println(wide("gradzoo: " + problem(e, command)));
    err.println("see " + name + " --help");
    if (debug) {
      e.printStackTrace(err);
    }
    err.flush();
    return ExitCode.USAGE.status();
  }

  private static String problem(ParameterException e, CommandLine command) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().get(0);
      if (word.startsWith("-")) {
        return "unknown option " + word + Suggestions.didYouMean(word, options(command));
      }
      List<String> commands = List.copyOf(command.getSubcommands().keySet());
      return commands.isEmpty()
          ? "unexpected argument \"" + word + "\""
          : "unknown command \"" + word + "\"" + Suggestions.didYouMean(word, commands);
    }
    String message = String.valueOf(e.getMessage());
    return message.isEmpty()
        ? message
        : Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }

  private static List<String> options(CommandLine command) {
    return command.getCommandSpec().options().stream()
        .filter(option -> !option.hidden())
        .map(OptionSpec::names)
        .flatMap(Arrays::stream)
        .filter(name -> name.startsWith("--"))
        .toList();
  }

  private static List<String> shortened(List<Fault> faults) {
    if (faults.size() <= MOST_LINES) {
      return faults.stream().map(Fault::line).map(ErrorReport::wide).toList();
    }
    int shown = MOST_LINES - 1;
    List<String> lines = new ArrayList<>();
    faults.subList(0, shown).forEach(fault -> lines.add(fault.line()));
    String places =
        faults.stream()
            .skip(shown)
            .map(ErrorReport::place)
            .distinct()
            .collect(Collectors.joining(", "));
    String all = " (--debug shows them)";
    String more = "and %d more: ".formatted(faults.size() - shown);
    int room = WIDEST - more.length() - all.length();
    lines.add(
        more + (places.length() <= room ? places : places.substring(0, room - 1) + "…") + all);
    return lines.stream().map(ErrorReport::wide).toList();
  }

  /** The last part of where a fault is: the key, file or member. */
  private static String place(Fault fault) {
    String where = fault.where().isEmpty() ? fault.what() : fault.where();
    return where.substring(where.lastIndexOf(": ") + 1).strip();
  }

  private static String wide(String line) {
    String one = OneLine.of(line);
    return one.length() <= WIDEST ? one : one.substring(0, WIDEST - 1) + "…";
  }
}
