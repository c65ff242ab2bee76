package io.gradzoo.testing;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** The Spark session of this JVM: kept from test to test until one asks for another. */
public final class SharedSession {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "spark.app.name", "tests",
          "spark.ui.enabled", "false",
          "spark.ui.showConsoleProgress", "false",
          "spark.local.dir", "target/spark",
          "spark.sql.warehouse.dir", "target/spark-warehouse");

  private static Map<String, String> running = Map.of();

  private SharedSession() {}

  /** On two threads. */
  public static SparkSession get() {
    return on("local[2]", Map.of("spark.sql.shuffle.partitions", "2"));
  }

  /** On a master, with settings of Spark's; one that differs is stopped first. */
  public static synchronized SparkSession on(String master, Map<String, String> settings) {
    Map<String, String> wanted = new TreeMap<>(ALWAYS);
    wanted.put("spark.master", master);
    wanted.putAll(settings);
    if (!wanted.equals(running)) {
      SparkSession.getDefaultSession().foreach(session -> stop(session));
    }
    SparkSession.Builder builder = SparkSession.builder();
    wanted.forEach(builder::config);
    running = wanted;
    return builder.getOrCreate();
  }

  private static Object stop(SparkSession session) {
    session.stop();
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
    return null;
  }
}
