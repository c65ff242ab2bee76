package io.gradzoo.jobs.cli;

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
    List<String> problems = Failures.lines(failure);
    (debug ? problems : shortened(problems)).forEach(err::println);
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

  private static List<String> shortened(List<String> problems) {
    if (problems.size() <= MOST_LINES) {
      return problems.stream().map(ErrorReport::wide).toList();
    }
    int shown = MOST_LINES - 1;
    List<String> lines = new ArrayList<>(problems.subList(0, shown));
    String places =
        problems.stream()
            .skip(shown)
            .map(ErrorReport::place)
            .distinct()
            .collect(Collectors.joining(", "));
    String all = " (--debug shows them)";
    String more = "and %d more: ".formatted(problems.size() - shown);
    int room = WIDEST - more.length() - all.length();
    lines.add(
        more + (places.length() <= room ? places : places.substring(0, room - 1) + "…") + all);
    return lines.stream().map(ErrorReport::wide).toList();
  }

  /** The key or file that a problem is about: what stands before its last colon but the text. */
  private static String place(String problem) {
    String[] parts = problem.split(": ", 4);
    return parts.length > 3 ? parts[2] : parts.length > 2 ? parts[1] : problem;
  }

  private static String wide(String line) {
    String one = line.replaceAll("\\R", " ");
    return one.length() <= WIDEST ? one : one.substring(0, WIDEST - 1) + "…";
  }
}
