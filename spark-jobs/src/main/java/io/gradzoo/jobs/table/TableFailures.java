package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.hadoop.security.AccessControlException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.RESTException;

/** Turns what Spark and Iceberg throw into one line that names the table, the file and the fix. */
final class TableFailures {
  private static final int MOST_CAUSES = 50;

  private TableFailures() {}

  /**
   * The failure of a write, if storage is to blame.
   *
   * @return what to throw: a data failure, or the failure as it came
   */
  static RuntimeException writing(TableId id, String location, Exception failure) {
    Optional<GradzooException> ours = cause(failure, GradzooException.class);
    if (ours.isPresent()) {
      return ours.get();
    }
    if (failure instanceof CommitStateUnknownException) {
      return GradzooException.data(
          Fault.of("write " + id)
              .at(location)
              .found("the catalog gave no answer: the table is the old one or the new one")
              .fix("run the same command again"),
          failure);
    }
    Optional<IOException> storage = cause(failure, IOException.class);
    if (storage.isPresent()) {
      return GradzooException.data(
          Fault.of("write " + id)
              .at(location)
              .found("%s (the table that stood there is untouched)", reason(storage.get())),
          failure);
    }
    Optional<SQLException> database = cause(failure, SQLException.class);
    if (database.isPresent()) {
      return GradzooException.data(
          Fault.of("write " + id)
              .at(location)
              .found("the catalog refuses: " + reason(database.get()))
              .fix("run the same command again"),
          failure);
    }
    Optional<RuntimeException> server =
        cause(failure, RESTException.class)
            .<RuntimeException>map(refusal -> refusal)
            .or(() -> cause(failure, CommitFailedException.class));
    if (server.isPresent()) {
      return GradzooException.data(
          Fault.of("write " + id)
              .at(location)
              .found("the catalog refuses: " + reason(server.get()))
              .fix("see storage.catalog, and run the same command again"),
          failure);
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException("write " + id + ": " + reason(failure), failure);
  }

  /** The failure of a write that came second. */
  static GradzooException conflict(TableId id, String location, Throwable failure) {
    return GradzooException.data(
        Fault.of("write " + id)
            .at(location)
            .expected("the table as it was when this command began")
            .found("that another command published it meanwhile")
            .fix("the same command again makes it anew"),
        failure);
  }

  /**
   * The failure to work on staged rows, if storage is to blame.
   *
   * @return what to throw: a data failure, or the failure as it came
   */
  static RuntimeException staging(String location, String verb, Exception failure) {
    Optional<GradzooException> ours = cause(failure, GradzooException.class);
    Optional<IOException> storage = cause(failure, IOException.class);
    if (ours.isPresent() || storage.isEmpty()) {
      return ours.isPresent()
          ? ours.get()
          : new IllegalStateException("staging: " + reason(failure), failure);
    }
    return GradzooException.data(
        Fault.of("staging")
            .at(location)
            .found("cannot be %s: %s", verb, reason(storage.get()))
            .fix("make room there or let it be written, and run the same command again"),
        failure);
  }

  /** The failure to read or delete what dead commands left. */
  static GradzooException tidying(String location, String verb, Exception failure) {
    return GradzooException.data(
        Fault.of("storage tidy")
            .at(location)
            .found("cannot be %s: %s", verb, reason(failure))
            .fix("let it be read and written, and run the same command again"),
        failure);
  }

  static GradzooException unreadable(TableId id, String location, Throwable failure) {
    Throwable e = cause(failure, IOException.class).<Throwable>map(io -> io).orElse(failure);
    return GradzooException.data(
        Fault.of("read " + id)
            .at(location)
            .found("cannot be read: " + reason(e))
            .fix("write it again"),
        failure);
  }

  static GradzooException missing(TableId id, String location) {
    return GradzooException.data(
        Fault.of("read " + id).at(location).expected("a table").found("nothing").fix(producer(id)));
  }

  static GradzooException halfWritten(TableId id, String location, String found) {
    return GradzooException.data(
        Fault.of("read " + id)
            .at(location)
            .expected("a complete table")
            .found(found)
            .fix("delete it and %s", producer(id)));
  }

  static GradzooException expected(TableId id, String location, Object expected, Object found) {
    return GradzooException.data(
        Fault.of("read " + id).at(location).expected(expected).found(found).fix(producer(id)));
  }

  static GradzooException noVersion(TableId id, String location, ZooVersion wanted) {
    return GradzooException.data(
        Fault.of("read " + id)
            .at(location)
            .expected(id.table().equals("members") ? wanted : "one of the members of " + wanted)
            .found("none among the versions that are kept")
            .fix(
                id.table().equals("members")
                    ? "gradzoo zoo show %s lists them".formatted(id.zoo())
                    : "run gradzoo gradients compute with the same option"));
  }

  /** The reason of a failure on one line. */
  static String reason(Throwable failure) {
    String message = failure.getMessage();
    String text = message == null || message.isBlank() ? failure.toString() : message;
    String line = text.strip().lines().findFirst().orElse(text);
    if (failure instanceof FileNotFoundException) {
      return "file not found: " + line;
    }
    return failure instanceof AccessControlException ? "no permission: " + line : line;
  }

  static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static String producer(TableId id) {
    return switch (id.table()) {
      case "members" -> "run gradzoo zoo generate";
      case "probe_sets", "gradient_sets", "layer_factors", "layer_lowrank", "layer_moments" ->
          "run gradzoo gradients compute";
      default -> "write it again";
    };
  }
}
