package io.gradzoo.jobs.session;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.iceberg.exceptions.ServiceUnavailableException;

/** Explains in one line why a catalog cannot be reached. */
public final class CatalogFailures {
  private static final int MOST_CAUSES = 20;

  /** Of SQL's connection exceptions. */
  private static final String CONNECTION_STATE = "08";

  /** As it stands in the addresses of databases. */
  private static final Pattern SECRET =
      Pattern.compile("(?i)([a-z_-]*(?:password|secret|token|credential|key))=[^&;\\s]+");

  /** Storage that cannot be reached is not the catalog's fault. */
  private static final List<String> STORAGE =
      List.of(
          "org.apache.hadoop.ipc.",
          "org.apache.hadoop.fs.",
          "org.apache.iceberg.aws.s3.",
          "software.amazon.awssdk.services.s3.");

  private CatalogFailures() {}

  /**
   * What to throw if the catalog is the reason for a failure: it is not there, or does not answer.
   *
   * @param address where it is
   * @return exit code 4, naming the address; empty if the failure has another reason
   */
  public static Optional<GradzooException> unreachable(String address, Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (ofConnection(cause) && !ofStorage(cause)) {
        return Optional.of(
            GradzooException.cluster(
                Fault.of("catalog")
                    .at(address)
                    .found("cannot be reached: " + line(cause))
                    .fix("see that it runs and can be reached from here, and storage.catalog"),
                failure));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  /** Some by name: they are of libraries that are moved or not always there. */
  private static boolean ofConnection(Throwable cause) {
    return cause instanceof SocketException
        || cause instanceof SocketTimeoutException
        || cause instanceof UnknownHostException
        || cause instanceof SQLTransientConnectionException
        || cause instanceof SQLNonTransientConnectionException
        || cause instanceof SQLTimeoutException
        || cause instanceof ServiceUnavailableException
        || (cause instanceof SQLException sql
            && String.valueOf(sql.getSQLState()).startsWith(CONNECTION_STATE))
        || Set.of("NoHttpResponseException", "ConnectionClosedException", "TTransportException")
            .contains(cause.getClass().getSimpleName());
  }

  private static boolean ofStorage(Throwable cause) {
    return Arrays.stream(cause.getStackTrace())
        .anyMatch(frame -> STORAGE.stream().anyMatch(frame.getClassName()::startsWith));
  }

  /**
   * The failure to load one: its class is missing, its settings are wrong, or it is not there.
   *
   * @param address where it is
   */
  static GradzooException loading(String address, Throwable failure) {
    Optional<GradzooException> unreachable = unreachable(address, failure);
    if (unreachable.isPresent()) {
      return unreachable.get();
    }
    StringBuilder text = new StringBuilder();
    Throwable cause = failure;
    Throwable root = failure;
    boolean missing = false;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      text.append(cause.getMessage()).append(' ');
      missing |= cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError;
      root = cause;
      cause = cause.getCause();
    }
    String all = text.toString();
    if (missing
        || all.contains("ClassNotFoundException")
        || all.contains("NoClassDefFoundError")
        || all.contains("Missing org.")
        || all.contains("No suitable driver")) {
      return GradzooException.usage(
          Fault.of("storage.catalog")
              .expected("the catalog's classes on the class path")
              .found("them missing: " + line(failure))
              .fix("add their package, for example --conf spark.jars.packages=GROUP:NAME:VERSION"));
    }
    if (failure instanceof IllegalArgumentException
        || failure instanceof UnsupportedOperationException
        || failure instanceof NullPointerException) {
      return GradzooException.usage(Fault.of("storage.catalog").found(line(failure)));
    }
    return GradzooException.data(
        Fault.of("catalog").at(address).found("refuses: " + line(root)).fix("see storage.catalog"),
        failure);
  }

  private static String line(Throwable failure) {
    String message = failure.getMessage();
    String text = message == null || message.isBlank() ? failure.toString() : message;
    return SECRET.matcher(text.strip().lines().findFirst().orElse(text)).replaceAll("$1=…");
  }
}
