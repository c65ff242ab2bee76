package io.gradzoo.jobs.table;

import java.util.Map;

/** Checks what a stored table says it is. */
final class StoredProperties {
  private StoredProperties() {}

  /**
   * Refuses tables that are not Gradzoo's, of another kind, or of a newer version.
   *
   * @return the version
   */
  static int check(TableId id, String location, TableSchema schema, Map<String, String> stored) {
    int version = version(id, location, stored);
    String kind = stored.get(TableProperties.SCHEMA);
    if (!schema.name().equals(kind)) {
      throw TableFailures.expected(id, location, "a table of " + schema.name(), "one of " + kind);
    }
    if (version > schema.version()) {
      throw TableFailures.expected(
          id,
          location,
          "schema version %d or older".formatted(schema.version()),
          "version %d, which a newer Gradzoo wrote".formatted(version));
    }
    return version;
  }

  /** The schema's version, of a table that Gradzoo wrote. */
  static int version(TableId id, String location, Map<String, String> stored) {
    String version = stored.get(TableProperties.SCHEMA_VERSION);
    try {
      return Integer.parseInt(version);
    } catch (NumberFormatException e) {
      throw TableFailures.expected(
          id, location, "a table that Gradzoo wrote", "one without its properties");
    }
  }
}
