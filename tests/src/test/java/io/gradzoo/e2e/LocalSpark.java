package io.gradzoo.e2e;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** The Spark session of this JVM: kept from test to test until one asks for another. */
final class LocalSpark {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "spark.app.name", "tests",
          "spark.ui.enabled", "false",
          "spark.local.dir", "target/spark",
          "spark.sql.warehouse.dir", "target/spark-warehouse");

  private static Map<String, String> running = Map.of();

  private LocalSpark() {}

  /** On two threads. */
  static SparkSession session() {
    return session("local[2]", Map.of("spark.sql.shuffle.partitions", "2"));
  }

  /** On a master, with settings of Spark's. */
  static synchronized SparkSession session(String master, Map<String, String> settings) {
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
