package io.gradzoo.jobs;

import io.gradzoo.engine.fault.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.util.VersionInfo;

/** Places on file systems that nothing on the class path knows, or that name no host. */
final class MissingFileSystem {
  private static final String HADOOP = VersionInfo.getVersion();
  private static final Pattern NO_CLASS =
      Pattern.compile("Class org\\.apache\\.hadoop\\.fs\\.(\\w+)\\.\\S+ not found");
  private static final Pattern NO_SCHEME =
      Pattern.compile("No (?:AbstractFileSystem|FileSystem)\\D* for scheme:? \"?([\\w+.-]+)\"?");
  private static final Pattern NO_HOST = Pattern.compile("Incomplete HDFS URI, no host: (\\S+)");

  private static final Map<String, String> PACKAGES =
      Map.of(
          "s3a", "org.apache.hadoop:hadoop-aws:" + HADOOP,
          "azurebfs", "org.apache.hadoop:hadoop-azure:" + HADOOP,
          "abfs", "org.apache.hadoop:hadoop-azure:" + HADOOP,
          "abfss", "org.apache.hadoop:hadoop-azure:" + HADOOP,
          "azure", "org.apache.hadoop:hadoop-azure:" + HADOOP,
          "wasb", "org.apache.hadoop:hadoop-azure:" + HADOOP,
          "wasbs", "org.apache.hadoop:hadoop-azure:" + HADOOP,
          "oss", "org.apache.hadoop:hadoop-aliyun:" + HADOOP,
          "gs", "com.google.cloud.bigdataoss:gcs-connector:hadoop3-2.2.26");

  private MissingFileSystem() {}

  /** What to say if that is the reason of a failure, given with its causes. */
  static Optional<Fault> of(List<Throwable> chain) {
    return chain.stream()
        .map(cause -> fault(String.valueOf(cause.getMessage())))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Fault> fault(String message) {
    Matcher host = NO_HOST.matcher(message);
    if (host.find()) {
      return Optional.of(
          Fault.of("storage")
              .at(host.group(1))
              .expected("hdfs://HOST:PORT/…")
              .found("no host")
              .fix("name the host"));
    }
    return List.of(NO_CLASS, NO_SCHEME).stream()
        .map(pattern -> pattern.matcher(message))
        .filter(Matcher::find)
        .map(match -> unknown(match.group(1)))
        .findFirst();
  }

  private static Fault unknown(String scheme) {
    String add =
        PACKAGES.containsKey(scheme)
            ? "add --conf spark.jars.packages=" + PACKAGES.get(scheme)
            : scheme.matches("s3n?")
                ? "write s3a:// instead"
                : "correct the place, or add its package by --conf spark.jars.packages=…";
    return Fault.of("storage")
        .at(scheme + "://")
        .expected("a file system of that name")
        .found("none on the class path")
        .fix(add);
  }
}
