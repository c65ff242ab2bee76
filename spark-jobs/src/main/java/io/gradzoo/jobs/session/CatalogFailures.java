package io.gradzoo.jobs.session;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import java.util.regex.Pattern;

/** Says in one line why a catalog cannot be had. */
final class CatalogFailures {
  private static final int MOST_CAUSES = 20;

  /** As it stands in the addresses of databases. */
  private static final Pattern SECRET =
      Pattern.compile("(?i)([a-z_-]*(?:password|secret|token|credential|key))=[^&;\\s]+");

  private CatalogFailures() {}

  /** The failure to load one: its class is missing, its settings are wrong, or it is not there. */
  static GradzooException loading(Throwable failure) {
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
        Fault.of("catalog").found("cannot be reached: " + line(root)).fix("see storage.catalog"),
        failure);
  }

  private static String line(Throwable failure) {
    String message = failure.getMessage();
    String text = message == null || message.isBlank() ? failure.toString() : message;
    return SECRET.matcher(text.strip().lines().findFirst().orElse(text)).replaceAll("$1=…");
  }
}
