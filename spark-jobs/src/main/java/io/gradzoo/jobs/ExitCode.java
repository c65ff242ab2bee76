package io.gradzoo.jobs;

/** Exit codes of commands. */
public enum ExitCode {
  OK(0),
  /** The command line or the config has to be corrected. */
  USAGE(2),
  /** A file or a table is missing, damaged or not what it should be. */
  DATA(3),
  /** Spark or the machines under it failed, or a service cannot be reached. */
  CLUSTER(4),
  /** A mistake in Gradzoo itself. */
  INTERNAL(5);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /** The process's exit status. */
  public int status() {
    return status;
  }
}
