package io.gradzoo.jobs.session;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.sql.internal.SQLConf$;
import org.apache.spark.sql.internal.StaticSQLConf$;
import scala.Tuple2;

/** Checks the user's Spark settings before Spark does: one line for each mistake. */
public final class SparkSettings {
  private static final String MASTER = "spark.master";
  private static final String COUNT = "0*[1-9]\\d{0,5}";
  private static final String ADDRESS = "[^\\s/:,\\[\\]]+:\\d{1,5}|\\[[0-9a-fA-F:.]+]:\\d{1,5}";
  private static final Pattern MASTERS =
      Pattern.compile(
          "local|yarn|local\\[(?:\\*|COUNT)(?:, *COUNT)?]|k8s://\\S+|spark://(?:ADDRESS)(?:,(?:ADDRESS))*"
              .replace("COUNT", COUNT)
              .replace("ADDRESS", ADDRESS));
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[ *(N) *, *(N) *, *(N) *]".replace("N", COUNT));

  private SparkSettings() {}

  /**
   * Checks the master and every setting that Spark knows.
   *
   * @throws GradzooException exit code 2, a line for each mistake
   */
  public static void check(SparkConf conf) {
    List<Fault> faults = new ArrayList<>();
    checkMaster(conf, faults);
    register();
    for (Tuple2<String, String> setting : conf.getAll()) {
      checkValue(conf, setting._1, setting._2, faults);
    }
    if (!faults.isEmpty()) {
      throw GradzooException.usage(faults);
    }
  }

  /** Spark's message about settings that only it can check. */
  static GradzooException refused(SparkConf conf, Throwable reason) {
    return GradzooException.usage(
        Fault.of("spark").at(conf.get(MASTER)).because(reason).fix("correct --master or --conf"));
  }

  private static void checkMaster(SparkConf conf, List<Fault> faults) {
    String master = conf.get(MASTER);
    Matcher cluster = LOCAL_CLUSTER.matcher(master);
    if (!cluster.matches()) {
      if (!MASTERS.matcher(master).matches()) {
        faults.add(
            Fault.of("--master")
                .expected(
                    "local, local[N], local[N,FAILURES], local-cluster[WORKERS,CORES,MEGABYTES],"
                        + " spark://HOST:PORT, k8s://… or yarn, with numbers from 1")
                .found("\"%s\"", master)
                .fix("leave it out to use all cores of this machine"));
      }
      return;
    }
    long worker = Long.parseLong(cluster.group(3));
    long executor = megabytes(conf.get("spark.executor.memory", "1g"));
    if (executor > worker) {
      faults.add(
          Fault.of("--master")
              .at(master)
              .expected("workers with room for an executor of %d MiB", executor)
              .found("%d MiB", worker)
              .fix("give workers more, or executors less"));
    }
  }

  /** 0 if it is not a size, which is another mistake's line. */
  private static long megabytes(String size) {
    try {
      return org.apache.spark.network.util.JavaUtils.byteStringAsMb(size);
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }

  /** Spark's settings are known once the classes that define them are loaded. */
  private static void register() {
    List.of(
        org.apache.spark.internal.config.package$.MODULE$,
        org.apache.spark.internal.config.UI$.MODULE$,
        org.apache.spark.internal.config.Network$.MODULE$,
        org.apache.spark.internal.config.Tests$.MODULE$,
        org.apache.spark.internal.config.Kryo$.MODULE$,
        org.apache.spark.internal.config.Deploy$.MODULE$,
        org.apache.spark.internal.config.Worker$.MODULE$,
        org.apache.spark.internal.config.History$.MODULE$,
        SQLConf$.MODULE$,
        StaticSQLConf$.MODULE$);
  }

  private static void checkValue(SparkConf conf, String key, String value, List<Fault> faults) {
    ConfigEntry<?> entry = org.apache.spark.internal.config.ConfigEntry$.MODULE$.findEntry(key);
    if (entry == null) {
      return;
    }
    try {
      conf.get(entry);
    } catch (RuntimeException e) { // each kind of setting throws its own
      String shown = Secrets.names(key) ? Secrets.HIDDEN : value;
      faults.add(
          Fault.of("--conf")
              .at(key)
              .expected(expected(e))
              .found("\"%s\"", shown)
              .fix("see %s in Spark's documentation", key));
    }
  }

  /** Spark's message about the value. */
  private static String expected(RuntimeException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return message.isBlank() || message.contains("For input string")
        ? "a number"
        : "a value that Spark takes (" + message + ")";
  }
}
