package io.gradzoo.jobs.session;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Secrets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;

/** Opens Spark sessions with Gradzoo's catalog, checksums and quiet console. */
public final class Sessions {
  /** Name of the Iceberg catalog in Spark. */
  public static final String CATALOG = "gradzoo";

  private static final String CATALOG_KEY = "spark.sql.catalog." + CATALOG;

  private static final String CATALOG_CLASS = "org.apache.iceberg.spark.SparkCatalog";

  /** A catalog that no step has used yet. */
  private static final String OFFERED = CATALOG_KEY + "." + EmbeddedCatalog.OFFERED;

  private static final String HADOOP = "spark.hadoop.";
  private static final int JAVA = 17;
  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

  /** Settings that a table's integrity depends on; they hold whatever the user configured. */
  private static final Map<String, String> INTEGRITY =
      Map.of(
          "spark.sql.files.ignoreCorruptFiles", "false",
          "spark.sql.files.ignoreMissingFiles", "false",
          "spark.sql.parquet.writeLegacyFormat", "false",
          "spark.sql.parquet.binaryAsString", "false",
          "spark.sql.files.maxRecordsPerFile", "0",
          "spark.sql.session.timeZone", "UTC",
          "spark.sql.sources.commitProtocolClass",
              "org.apache.spark.sql.execution.datasources.SQLHadoopMapReduceCommitProtocol");

  private static final Map<String, String> CONTEXT =
      Map.of(
          "spark.hadoop.parquet.page.verify-checksum.enabled", "true",
          "spark.hadoop.parquet.page.write-checksum.enabled", "true",
          "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version", "1",
          "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", "false",
          "spark.ui.showConsoleProgress", "false");

  private Sessions() {}

  /**
   * Gets the running session or starts one, on the master that spark-submit named or else on all
   * cores of this machine.
   *
   * @param application the name the Spark UI shows
   * @throws GradzooException exit code 4 if this JVM was started without the options Spark needs
   */
  public static SparkSession open(String application) {
    return open(application, "local[*]");
  }

  /**
   * As {@link #open(String)}.
   *
   * @param master where Spark runs if spark-submit named no other
   */
  public static SparkSession open(String application, String master) {
    requireJava();
    requireOpenModules();
    SparkConf conf = new SparkConf();
    conf.setIfMissing("spark.master", master);
    conf.setIfMissing("spark.app.name", application);
    CONTEXT.forEach(conf::set);
    conf.set(EXECUTOR_OPTIONS, executorOptions(conf.get(EXECUTOR_OPTIONS, "")));
    SparkSettings.check(conf);
    Exposure.shut(conf, System.getenv());
    conf.setIfMissing("spark.redaction.regex", Secrets.REDACTION_REGEX);
    SparkSession session = started(conf);
    try {
      return withIntegrity(session);
    } catch (Exception e) { // Spark throws checked exceptions that Scala does not declare
      requireAlive(session);
      throw e;
    }
  }

  /**
   * The session with Gradzoo's catalog: this one, or a sibling on the same Spark context if this
   * one's catalog is another.
   */
  public static SparkSession withCatalog(SparkSession session, CatalogSettings settings) {
    Map<String, String> wanted = catalogKeys(settings);
    Map<String, String> present = below(CATALOG_KEY, session.conf().getAll());
    Map<String, String> named = new TreeMap<>(present);
    named.remove(OFFERED);
    boolean free = named.isEmpty() || named.equals(wanted) || onlyOffered(session);
    SparkSession chosen = free ? session : session.newSession();
    withIntegrity(chosen);
    setCatalog(chosen, present, wanted);
    return chosen;
  }

  /**
   * Gives a session the catalog that its steps will use, so that SQL finds it before the first of
   * them. Until it was used another may take its place; one that was is left as it is.
   */
  public static void offerCatalog(SparkSession session, CatalogSettings settings) {
    Map<String, String> present = below(CATALOG_KEY, session.conf().getAll());
    if (present.isEmpty() || onlyOffered(session)) {
      setCatalog(session, present, catalogKeys(settings));
      session.conf().set(OFFERED, "true");
    }
  }

  /** Whether nobody has used the catalog: neither a step, nor a statement, which loads it. */
  private static boolean onlyOffered(SparkSession session) {
    return session.conf().contains(OFFERED)
        && !session.sessionState().catalogManager().listCatalogs(Option.empty()).contains(CATALOG);
  }

  private static Map<String, String> catalogKeys(CatalogSettings settings) {
    Map<String, String> keys = new TreeMap<>();
    settings.properties().forEach((key, value) -> keys.put(CATALOG_KEY + "." + key, value));
    keys.put(CATALOG_KEY, CATALOG_CLASS);
    keys.put(CATALOG_KEY + ".cache-enabled", "false");
    return keys;
  }

  private static void setCatalog(
      SparkSession session, Map<String, String> present, Map<String, String> wanted) {
    present.keySet().stream()
        .filter(key -> !wanted.containsKey(key)) // others may be reading the rest
        .forEach(session.conf()::unset);
    wanted.forEach(session.conf()::set);
  }

  /**
   * What the user set of the catalog through Spark's own keys, without their common prefix.
   *
   * @throws GradzooException exit code 2 if it is not an Iceberg catalog
   */
  public static SortedMap<String, String> catalogKeys(SparkSession session) {
    SortedMap<String, String> keys = new TreeMap<>();
    for (Tuple2<String, String> setting : session.sparkContext().getConf().getAll()) {
      if (setting._1.equals(CATALOG_KEY) && !setting._2.equals(CATALOG_CLASS)) {
        throw GradzooException.usage(
            Fault.of(CATALOG_KEY)
                .expected(CATALOG_CLASS)
                .found(setting._2)
                .fix("leave it out, or name that one"));
      }
      if (setting._1.startsWith(CATALOG_KEY + ".")) {
        keys.put(setting._1.substring(CATALOG_KEY.length() + 1), setting._2);
      }
    }
    keys.remove("cache-enabled");
    return keys;
  }

  /** The properties of a session's catalog. */
  private static Map<String, String> catalogOf(SparkSession session) {
    Map<String, String> properties = new TreeMap<>();
    below(CATALOG_KEY, session.conf().getAll())
        .forEach((key, value) -> properties.put(key.replace(CATALOG_KEY + ".", ""), value));
    return properties;
  }

  private static Map<String, String> below(
      String key, scala.collection.immutable.Map<String, String> settings) {
    Map<String, String> found = new TreeMap<>(JavaConverters.mapAsJavaMap(settings));
    found.keySet().removeIf(name -> !name.equals(key) && !name.startsWith(key + "."));
    return found;
  }

  /**
   * Loads the catalog of a session.
   *
   * @throws GradzooException exit code 2 if there is no such catalog, 3 if it refuses, 4 if it
   *     cannot be reached
   */
  public static Catalog catalog(SparkSession session) {
    try {
      return whileActive(
          session,
          () -> {
            session.sessionState().catalogManager().catalog(CATALOG);
            return Spark3Util.loadIcebergCatalog(session, CATALOG);
          });
    } catch (RuntimeException | LinkageError e) {
      requireAlive(session);
      throw CatalogFailures.loading(CatalogSettings.address(catalogOf(session)), e);
    }
  }

  /**
   * Does something while a session is this thread's active one, with whose settings Spark loads
   * catalogs, whichever session asks.
   */
  public static <T> T whileActive(SparkSession session, Supplier<T> work) {
    Option<SparkSession> active = SparkSession.getActiveSession();
    SparkSession.setActiveSession(session);
    try {
      return work.get();
    } finally {
      if (active.isDefined()) {
        SparkSession.setActiveSession(active.get());
      } else {
        SparkSession.clearActiveSession();
      }
    }
  }

  /** The session itself, made to fail on damaged and missing files. */
  public static SparkSession withIntegrity(SparkSession session) {
    INTEGRITY.forEach(session.conf()::set);
    Configuration hadoop = session.sparkContext().hadoopConfiguration();
    CONTEXT.forEach(
        (key, value) -> {
          if (key.startsWith(HADOOP)) {
            hadoop.set(key.substring(HADOOP.length()), value);
          }
        });
    return session;
  }

  /**
   * Fails if Spark has given the application up.
   *
   * @throws GradzooException exit code 4
   */
  public static void requireAlive(SparkSession session) {
    if (session.sparkContext().isStopped()) {
      throw GradzooException.cluster(
          Fault.of("spark")
              .at(session.sparkContext().master())
              .expected("a cluster that runs this application")
              .found("it ended, or its master does not answer")
              .fix("see that the master runs, and its log"));
    }
  }

  /** What of the session others may reach, a line each; nothing if the user opened nothing. */
  public static List<String> exposure(SparkSession session) {
    return Exposure.warnings(session.sparkContext().getConf(), System.getenv());
  }

  /** Bytes of memory that an executor has. */
  public static long executorMemory(SparkSession session) {
    return inThisJvm(session)
        ? Runtime.getRuntime().maxMemory()
        : session.sparkContext().getConf().getSizeAsBytes("spark.executor.memory", "1g");
  }

  /** Tasks that an executor runs at a time. */
  public static int executorTasks(SparkSession session) {
    SparkConf conf = session.sparkContext().getConf();
    return inThisJvm(session)
        ? session.sparkContext().defaultParallelism()
        : conf.getInt("spark.executor.cores", 1);
  }

  private static boolean inThisJvm(SparkSession session) {
    return session.sparkContext().master().matches("local(\\[.*)?");
  }

  /** Whether the Vector API's module was added to this JVM. */
  public static boolean vectorModulePresent() {
    return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
  }

  private static SparkSession started(SparkConf conf) {
    try {
      return SparkSession.builder().config(conf).getOrCreate();
    } catch (Exception e) { // Spark throws checked exceptions that Scala does not declare
      if (e instanceof IllegalArgumentException || refusedSetting(e)) {
        throw SparkSettings.refused(conf, e);
      }
      throw GradzooException.cluster(
          Fault.of("spark")
              .at(conf.get("spark.master"))
              .because(e)
              .fix("see that the cluster runs and can be reached from here"));
    }
  }

  /** Whether Spark refused a setting, by its own words. */
  private static boolean refusedSetting(Exception e) {
    return e instanceof SparkException
        && !String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("unresponsive");
  }

  private static void requireJava() {
    int version = Runtime.version().feature();
    if (version != JAVA) {
      throw GradzooException.usage(
          Fault.of("java")
              .at(System.getProperty("java.home"))
              .expected("JDK %d", JAVA)
              .found(version)
              .fix("set JAVA_HOME to a JDK %d", JAVA));
    }
  }

  private static String executorOptions(String given) {
    return given.contains(VECTOR_MODULE)
        ? given
        : (given + " --add-modules=" + VECTOR_MODULE).strip();
  }

  private static void requireOpenModules() {
    Module base = Object.class.getModule();
    if (!base.isOpen("sun.nio.ch", Sessions.class.getModule())) {
      throw GradzooException.cluster(
          Fault.of("spark")
              .expected("a JVM started with Spark's --add-opens options")
              .found("one without")
              .fix(
                  "start through deploy/bin/gradzoo; in cluster deploy mode give"
                      + " spark.driver.extraJavaOptions the options of deploy/jvm.options"));
    }
  }
}
