package io.gradzoo.jobs;

import org.apache.spark.sql.SparkSession;

/** The Spark session that all tests of one JVM share: {@code local[2]}, without a web page. */
public final class SharedSession {
  private SharedSession() {}

  /** Starts it at the first call. */
  public static synchronized SparkSession get() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("tests")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate();
  }
}
