package io.gradzoo.jobs;

import io.gradzoo.datasets.DataException;
import io.gradzoo.engine.fault.DeviceMemoryException;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.fault.FaultException;
import io.gradzoo.engine.fault.Faulty;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;

/** Translates failures into errors for the user, and unwraps Spark's. */
public final class Failures {
  private static final int MOST_CAUSES = 50;
  private static final int DEEPEST_FRAME = 30;
  private static final String READING = "Encountered error while reading file ";

  /** What Spark says when machines, not programs, are to blame. */
  private static final List<String> CLUSTER =
      List.of(
          "executor lost",
          "executorlostfailure",
          "all masters are unresponsive",
          "could not parse master url",
          "master removed our application",
          "failed to connect to",
          "cannot call methods on a stopped sparkcontext",
          "sparkcontext was shut down",
          "outofmemoryerror");

  private static final Pattern CANCELLED = Pattern.compile("Job \\d+ cancelled");

  private Failures() {}

  /** The exit code that fits. */
  public static ExitCode exitCode(Throwable failure) {
    return explain(failure).exitCode();
  }

  /** What is wrong, at least one fault. */
  public static List<Fault> faults(Throwable failure) {
    return explain(failure).faults();
  }

  /** Whether something stored cannot be read and the failure does not say in which file. */
  public static boolean unnamedDamage(Throwable failure) {
    List<Throwable> chain = chain(failure);
    return !fullDisk(failure)
        && chain.stream().anyMatch(e -> storage(e) || ofIceberg(e))
        && chain.stream().noneMatch(e -> e instanceof Faulty || file(e).isPresent());
  }

  /** Whether a disk is full and the failure does not say which. */
  public static boolean fullDisk(Throwable failure) {
    List<Throwable> chain = chain(failure);
    return chain.stream().noneMatch(Faulty.class::isInstance)
        && chain.stream()
            .map(e -> String.valueOf(e.getMessage()))
            .anyMatch(text -> text.contains("No space left") || text.contains("Disk quota"));
  }

  /** Damaged metadata may show as any failure of the code that reads it. */
  private static boolean ofIceberg(Throwable cause) {
    return !(cause instanceof SparkException)
        && cause.getStackTrace().length > 0
        && Arrays.stream(cause.getStackTrace())
            .limit(DEEPEST_FRAME)
            .anyMatch(frame -> frame.getClassName().startsWith("org.apache.iceberg."));
  }

  /** The first of a type among a failure and its causes. */
  public static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    return chain(failure).stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /**
   * What to throw to a caller who wants one kind of exception for all that a user can act on: a
   * {@link GradzooException} with the failure as its cause; the failure itself if it is our own
   * mistake.
   */
  public static RuntimeException forUsers(Exception failure) {
    if (failure instanceof GradzooException known) {
      return known;
    }
    Explanation explanation = explain(failure);
    if (explanation.exitCode() != ExitCode.INTERNAL) {
      return GradzooException.of(explanation.exitCode(), explanation.faults(), failure);
    }
    return failure instanceof RuntimeException own ? own : new IllegalStateException(failure);
  }

  private record Explanation(ExitCode exitCode, List<Fault> faults) {}

  private static Explanation explain(Throwable failure) {
    List<Throwable> chain = chain(failure);
    Optional<Fault> missing = MissingFileSystem.of(chain);
    if (missing.isPresent()) {
      return new Explanation(ExitCode.USAGE, List.of(missing.get()));
    }
    for (Throwable cause : chain) {
      if (cause instanceof GradzooException e) {
        return new Explanation(e.exitCode(), e.faults());
      }
      if (cause instanceof DeviceMemoryException memory) {
        return new Explanation(ExitCode.CLUSTER, memory.faults());
      }
      if (cause instanceof DataException || cause instanceof FaultException) {
        return new Explanation(ExitCode.DATA, ((Faulty) cause).faults());
      }
    }
    Throwable root = chain.get(chain.size() - 1);
    if (chain.stream().anyMatch(Failures::cancelled)) {
      return new Explanation(
          ExitCode.CLUSTER,
          List.of(Fault.of("spark").found("its job was cancelled").fix("run the same step again")));
    }
    if (chain.stream().anyMatch(Failures::cluster)) {
      return new Explanation(ExitCode.CLUSTER, List.of(Fault.of("spark").because(root)));
    }
    Optional<String> file = chain.stream().flatMap(e -> file(e).stream()).findFirst();
    if (file.isPresent()) {
      return new Explanation(
          ExitCode.DATA,
          List.of(Fault.of("read").at(file.get()).because(root).fix("write the table again")));
    }
    if (chain.stream().anyMatch(Failures::storage)) {
      return new Explanation(ExitCode.DATA, List.of(Fault.of("storage").because(root)));
    }
    return new Explanation(ExitCode.INTERNAL, List.of(Fault.of("internal").because(root)));
  }

  private static List<Throwable> chain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    Throwable cause = failure;
    while (cause != null && chain.size() < MOST_CAUSES && !chain.contains(cause)) {
      chain.add(cause);
      cause = cause.getCause();
    }
    return chain;
  }

  /** Whether somebody cancelled a job or its group. */
  private static boolean cancelled(Throwable cause) {
    return cause instanceof SparkException
        && CANCELLED.matcher(String.valueOf(cause.getMessage())).find();
  }

  private static boolean cluster(Throwable cause) {
    if (cause instanceof OutOfMemoryError) {
      return true;
    }
    if (!(cause instanceof SparkException) && !(cause instanceof IllegalStateException)) {
      return false;
    }
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    return CLUSTER.stream().anyMatch(message::contains);
  }

  private static boolean storage(Throwable cause) {
    return cause instanceof IOException || damagedPage(cause);
  }

  /** By name: Iceberg has its own copy of Parquet, whose failures are of other classes. */
  private static boolean damagedPage(Throwable cause) {
    return cause.getClass().getSimpleName().equals("ParquetDecodingException");
  }

  /** The data file that a task could not read. */
  private static Optional<String> file(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    int start = message.indexOf(READING);
    int end = message.indexOf(". Details:", Math.max(start, 0));
    return start < 0 || end < 0
        ? Optional.empty()
        : Optional.of(
            message.substring(start + READING.length(), end).replaceFirst("^file:/+", "/"));
  }
}
