package io.gradzoo.jobs;

import java.util.List;

/**
 * A failure that a user can act on: one or more lines, each {@code <what failed>: <where> expected
 * X, found Y (fix: …)}, and the exit code of its kind.
 */
public final class GradzooException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final List<String> problems;

  private GradzooException(ExitCode exitCode, List<String> problems, Throwable cause) {
    super(String.join(System.lineSeparator(), problems), cause);
    this.exitCode = exitCode;
    this.problems = List.copyOf(problems);
  }

  /** The command line or the config is wrong. */
  public static GradzooException usage(String problem) {
    return new GradzooException(ExitCode.USAGE, List.of(problem), null);
  }

  /** Everything that is wrong with the command line or the config, one line each. */
  public static GradzooException usage(List<String> problems) {
    return new GradzooException(ExitCode.USAGE, problems, null);
  }

  /** A file or table is missing, damaged or not what it should be. */
  public static GradzooException data(String problem) {
    return new GradzooException(ExitCode.DATA, List.of(problem), null);
  }

  /** All files or tables that are missing, damaged or not what they should be, one line each. */
  public static GradzooException data(List<String> problems) {
    return new GradzooException(ExitCode.DATA, problems, null);
  }

  /** A file or table is missing, damaged or not what it should be. */
  public static GradzooException data(String problem, Throwable cause) {
    return new GradzooException(ExitCode.DATA, List.of(problem), cause);
  }

  /** Spark or the machines under it failed. */
  public static GradzooException cluster(String problem, Throwable cause) {
    return new GradzooException(ExitCode.CLUSTER, List.of(problem), cause);
  }

  /** The kind of failure. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** Every problem, one line each. */
  public List<String> problems() {
    return problems;
  }
}
