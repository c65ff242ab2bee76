package io.gradzoo.jobs.session;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which Iceberg catalog keeps the tables: the one that {@code storage.catalog} or Spark's own keys
 * {@code spark.sql.catalog.gradzoo.*} name, else the embedded one, Iceberg's JDBC catalog on an
 * SQLite file in the warehouse.
 *
 * @param properties of the Iceberg catalog
 * @param database the embedded catalog's file; empty with any other catalog
 */
public record CatalogSettings(SortedMap<String, String> properties, Optional<Path> database) {
  /** Name of the embedded catalog's file in the warehouse. */
  public static final String DATABASE = "catalog.sqlite";

  private static final String WAREHOUSE = "warehouse";
  private static final String TYPE = "type";
  private static final String IMPLEMENTATION = "catalog-impl";

  /** How long a REST catalog is waited for: to be there, and to answer. */
  private static final Map<String, String> REST =
      Map.of(
          "rest.client.connection-timeout-ms", "10000", "rest.client.socket-timeout-ms", "60000");

  /** The same of a Hive metastore, which Iceberg asks again if it is not there. */
  private static final Map<String, String> HIVE =
      Map.of(
          "hadoop.hive.metastore.client.socket.timeout", "20s",
          "hadoop.hive.metastore.connect.retries", "1");

  private static final Map<String, String> EMBEDDED =
      Map.of(IMPLEMENTATION, EmbeddedCatalog.class.getName(), "jdbc.schema-version", "V1");

  public CatalogSettings {
    properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
  }

  /**
   * @param warehouse the folder's full location, without the scheme where it is local
   * @param written the keys of {@code storage.catalog}; may be empty
   * @param spark Spark's own keys without their common prefix; may be empty
   * @throws GradzooException exit code 2 if the two disagree, neither says which catalog it is, or
   *     the embedded one is asked for in a place where SQLite cannot keep files
   */
  public static CatalogSettings of(
      String warehouse, Map<String, String> written, Map<String, String> spark) {
    SortedMap<String, String> given = new TreeMap<>(written);
    spark.forEach(
        (key, value) -> {
          String other = given.putIfAbsent(key, value);
          if (other != null && !other.equals(value)) {
            throw disagreement(key, value, other);
          }
        });
    boolean kind = given.containsKey(TYPE) || given.containsKey(IMPLEMENTATION);
    if (given.containsKey(TYPE) && given.containsKey(IMPLEMENTATION)) {
      throw GradzooException.usage(
          Fault.of("storage.catalog")
              .expected("type or catalog-impl")
              .found("both")
              .fix("leave one out; Spark's own keys spark.sql.catalog.gradzoo.* count too"));
    }
    if (kind) {
      return named(given, warehouse);
    }
    String other = given.remove(WAREHOUSE);
    if (other != null && !other.equals(warehouse)) {
      throw disagreement(WAREHOUSE, other, warehouse);
    }
    if (!given.isEmpty()) {
      throw GradzooException.usage(
          Fault.of("storage.catalog")
              .expected("type or catalog-impl beside " + given.firstKey())
              .found("neither")
              .fix("say which catalog it is, for example type = rest"));
    }
    return embedded(warehouse);
  }

  /** Whether it is Iceberg's Hadoop catalog. */
  public boolean hadoop() {
    return "hadoop".equals(properties.get(TYPE))
        || properties.getOrDefault(IMPLEMENTATION, "").endsWith(".HadoopCatalog");
  }

  private static CatalogSettings named(Map<String, String> given, String warehouse) {
    TreeMap<String, String> properties = new TreeMap<>(given);
    switch (given.getOrDefault(TYPE, "")) {
      case "rest" -> REST.forEach(properties::putIfAbsent); // it names its warehouses itself
      case "hive" -> {
        properties.putIfAbsent(WAREHOUSE, warehouse);
        HIVE.forEach(properties::putIfAbsent);
      }
      case "jdbc" -> {
        properties.putIfAbsent(WAREHOUSE, warehouse);
        properties.remove(TYPE);
        properties.put(IMPLEMENTATION, CheckedJdbcCatalog.class.getName());
      }
      default -> properties.putIfAbsent(WAREHOUSE, warehouse);
    }
    return new CatalogSettings(properties, Optional.empty());
  }

  /** Where the catalog is, for people: its address, or else its kind. */
  public String address() {
    return address(properties);
  }

  /** Likewise, of its properties. */
  static String address(Map<String, String> properties) {
    String kind = properties.getOrDefault(TYPE, properties.getOrDefault(IMPLEMENTATION, "catalog"));
    return Secrets.hidden(properties.getOrDefault("uri", kind));
  }

  private static CatalogSettings embedded(String warehouse) {
    if (warehouse.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) {
      throw GradzooException.usage(
          Fault.of("storage.catalog")
              .expected("a catalog for the warehouse " + warehouse)
              .found("none; the embedded one needs a local folder")
              .fix("set storage.catalog, for example type = rest and uri"));
    }
    Path database = Path.of(warehouse, DATABASE);
    SortedMap<String, String> properties = new TreeMap<>(EMBEDDED);
    properties.put(WAREHOUSE, warehouse);
    properties.put("uri", "jdbc:sqlite:" + uri(database));
    return new CatalogSettings(properties, Optional.of(database));
  }

  /** The form in which a path may hold whatever characters it likes. */
  private static String uri(Path file) {
    try {
      return new URI("file", null, file.toString(), null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static GradzooException disagreement(String key, String spark, String config) {
    return GradzooException.usage(
        Fault.of("spark.sql.catalog.%s.%s", Sessions.CATALOG, key)
            .expected("what the config says, " + shown(key, config))
            .found(shown(key, spark))
            .fix("say it in one place: storage in the config, or Spark's own key"));
  }

  private static String shown(String key, String value) {
    return key.matches("(?i).*(password|secret|token|credential|key|header).*")
        ? "another"
        : "\"" + value + "\"";
  }
}
