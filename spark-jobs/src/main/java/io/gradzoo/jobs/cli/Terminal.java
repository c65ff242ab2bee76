package io.gradzoo.jobs.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The process's standard error, which is Gradzoo's alone: what Spark, Java and libraries print
 * there goes to the {@link RunLog}. A process that is interrupted says so in its last line.
 */
final class Terminal {
  /** What a command does that was interrupted and is given again. */
  static final String STARTS_AGAIN = "starts again";

  /** The same of a command that keeps its progress. */
  static final String GOES_ON = "goes on";

  private static Terminal taken;

  private final Gate gate = new Gate(new FileOutputStream(FileDescriptor.err));
  private final PrintStream err = new PrintStream(gate, true, StandardCharsets.UTF_8);
  private final Optional<RunLog> log;
  private volatile boolean finished;
  private volatile String next = STARTS_AGAIN;

  private Terminal(Optional<RunLog> log) {
    this.log = log;
  }

  /** Takes standard error over, at the first call in this process. */
  static synchronized Terminal take() {
    if (taken == null) {
      RunLog log = RunLog.inTemporaryFolder();
      taken = new Terminal(Optional.of(log));
      System.setErr(log.stream());
      taken.sayIfInterrupted();
    }
    return taken;
  }

  /** Likewise, with the output of libraries left on standard error. */
  static synchronized Terminal share() {
    if (taken == null) {
      taken = new Terminal(Optional.empty());
      taken.sayIfInterrupted();
    }
    return taken;
  }

  /** What the command that runs now does when it is given again. */
  static synchronized void nextTime(String next) {
    if (taken != null) {
      taken.next = next;
    }
  }

  /** Standard error. */
  PrintStream err() {
    return err;
  }

  /** Where others write. */
  Optional<RunLog> log() {
    return log;
  }

  /** The command has come to its end by itself; returns its status. */
  int finished(int status) {
    finished = true;
    return status;
  }

  private void sayIfInterrupted() {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (!finished) {
                    gate.shutAfter("gradzoo: interrupted; the same command " + next);
                  }
                },
                "interrupted"));
  }

  /** Lets nothing through after the last line. */
  private static final class Gate extends OutputStream {
    private final OutputStream out;
    private boolean shut;

    Gate(OutputStream out) {
      this.out = out;
    }

    synchronized void shutAfter(String line) {
      try {
        out.write((line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // Nobody is there to read it.
      }
      shut = true;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
      if (!shut) {
        out.write(bytes, offset, length);
      }
    }

    @Override
    public synchronized void write(int b) throws IOException {
      if (!shut) {
        out.write(b);
      }
    }
  }
}
