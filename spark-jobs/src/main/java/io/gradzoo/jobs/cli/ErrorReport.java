package io.gradzoo.jobs.cli;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.fault.OneLine;
import io.gradzoo.jobs.ExitCode;
import io.gradzoo.jobs.Failures;
import io.gradzoo.jobs.Secrets;
import io.gradzoo.jobs.config.block.Suggestions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What the user sees of a failure: at most three lines. With more problems than have room, a line
 * names the places of the others; the last line names the log, if there is one with more about it.
 * {@code --debug} shows all problems and the stack trace.
 */
final class ErrorReport {
  private static final int MOST_LINES = 3;
  private static final int WIDEST = 400;

  private final PrintWriter err;
  private final boolean debug;
  private final Optional<RunLog> log;

  ErrorReport(PrintWriter err, boolean debug, Optional<RunLog> log) {
    this.err = err;
    this.debug = debug;
    this.log = log;
  }

  /** Reports a failed command; returns the exit status. */
  int failure(Throwable failure) {
    List<Fault> faults = Failures.faults(failure);
    ExitCode exitCode = Failures.exitCode(failure);
    if (exitCode != ExitCode.USAGE) {
      log.ifPresent(file -> failure.printStackTrace(file.stream()));
    }
    Optional<Path> path = log.flatMap(RunLog::path);
    int room = path.isPresent() ? MOST_LINES - 1 : MOST_LINES;
    (debug ? faults.stream().map(Fault::line).toList() : shortened(faults, room))
        .forEach(line -> err.println(Secrets.hidden(line)));
    path.ifPresent(file -> err.println("log: " + file));
    if (debug) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      err.print(Secrets.hidden(trace.toString()));
    }
    err.flush();
    return exitCode.status();
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

  private static List<String> shortened(List<Fault> faults, int room) {
    if (faults.size() <= room) {
      return faults.stream().map(ErrorReport::fitted).toList();
    }
    int shown = room - 1;
    List<String> lines = new ArrayList<>();
    faults.subList(0, shown).forEach(fault -> lines.add(fitted(fault)));
    String places =
        faults.stream()
            .skip(shown)
            .map(ErrorReport::place)
            .distinct()
            .collect(Collectors.joining(", "));
    String all = " (--debug shows them)";
    String more = "and %d more: ".formatted(faults.size() - shown);
    int width = WIDEST - more.length() - all.length();
    lines.add(
        more + (places.length() <= width ? places : places.substring(0, width - 1) + "…") + all);
    return lines.stream().map(OneLine::of).toList();
  }

  /** A line of a bounded width, in which no part is missing: the longest lose their middles. */
  private static String fitted(Fault fault) {
    List<String> parts =
        new ArrayList<>(
            List.of(fault.what(), fault.where(), fault.expected(), fault.found(), fault.fix()));
    Fault shorter = fault;
    for (int excess = excess(shorter); excess > 0; excess = excess(shorter)) {
      int longest = 0;
      for (int i = 1; i < parts.size(); i++) {
        longest = parts.get(i).length() > parts.get(longest).length() ? i : longest;
      }
      String part = parts.get(longest);
      parts.set(longest, cut(part, Math.max(part.length() - excess, part.length() / 2)));
      shorter = new Fault(parts.get(0), parts.get(1), parts.get(2), parts.get(3), parts.get(4));
    }
    return shorter.line();
  }

  private static int excess(Fault fault) {
    return fault.line().length() - WIDEST;
  }

  /** The text without its middle. */
  private static String cut(String text, int length) {
    int head = length / 2;
    return text.substring(0, head) + "…" + text.substring(text.length() - (length - 1 - head));
  }

  /** The last part of where a fault is: the key, file or member. */
  private static String place(Fault fault) {
    String where = fault.where().isEmpty() ? fault.what() : fault.where();
    return where.substring(where.lastIndexOf(": ") + 1).strip();
  }

  private static String wide(String line) {
    String one = OneLine.of(Secrets.hidden(line));
    return one.length() <= WIDEST ? one : cut(one, WIDEST);
  }
}
