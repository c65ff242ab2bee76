package io.gradzoo.jobs;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.fault.Faulty;
import java.util.List;
import java.util.stream.Collectors;

/** A failure that a user can act on: the faults, and the exit code of their kind. */
public final class GradzooException extends RuntimeException implements Faulty {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final List<Fault> faults;

  private GradzooException(ExitCode exitCode, List<Fault> faults, Throwable cause) {
    super(
        faults.stream().map(Fault::line).collect(Collectors.joining(System.lineSeparator())),
        cause);
    this.exitCode = exitCode;
    this.faults = List.copyOf(faults);
  }

  /** Faults of some kind. */
  static GradzooException of(ExitCode exitCode, List<Fault> faults, Throwable cause) {
    return new GradzooException(exitCode, faults, cause);
  }

  /** The command line or the config is wrong. */
  public static GradzooException usage(Fault fault) {
    return usage(List.of(fault));
  }

  /** Everything that is wrong with the command line or the config. */
  public static GradzooException usage(List<Fault> faults) {
    return new GradzooException(ExitCode.USAGE, faults, null);
  }

  /** A file or table is missing, damaged or not what it should be. */
  public static GradzooException data(Fault fault) {
    return data(List.of(fault));
  }

  /** All files or tables that are missing, damaged or not what they should be. */
  public static GradzooException data(List<Fault> faults) {
    return new GradzooException(ExitCode.DATA, faults, null);
  }

  /** A file or table is missing, damaged or not what it should be. */
  public static GradzooException data(Fault fault, Throwable cause) {
    return new GradzooException(ExitCode.DATA, List.of(fault), cause);
  }

  /** Spark, the machines under it or a service cannot be reached, or failed. */
  public static GradzooException cluster(Fault fault) {
    return new GradzooException(ExitCode.CLUSTER, List.of(fault), null);
  }

  /** Likewise, with a cause for the log. */
  public static GradzooException cluster(Fault fault, Throwable cause) {
    return new GradzooException(ExitCode.CLUSTER, List.of(fault), cause);
  }

  /** The kind of failure. */
  public ExitCode exitCode() {
    return exitCode;
  }

  @Override
  public List<Fault> faults() {
    return faults;
  }

  /** Every fault as a user reads it, one line each. */
  public List<String> problems() {
    return faults.stream().map(Fault::line).toList();
  }
}
