package io.gradzoo.jobs.config;

import io.gradzoo.jobs.config.block.Section;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where things are kept; none of it is part of any artefact's identity.
 *
 * @param warehouse folder of the tables, or of what is on its way into them
 * @param catalog properties of the Iceberg catalog; empty for the embedded one. They may be
 *     secrets, and are kept out of every artefact
 * @param runs folder of the run directories: models, checkpoints, metrics
 * @param reports folder of the reports
 */
public record StorageConfig(
    String warehouse, SortedMap<String, String> catalog, String runs, String reports) {
  public StorageConfig {
    catalog = Collections.unmodifiableSortedMap(new TreeMap<>(catalog));
  }

  static StorageConfig read(Section section) {
    StorageConfig storage =
        new StorageConfig(
            place(section, "warehouse"),
            section.secretTexts("catalog"),
            place(section, "runs"),
            place(section, "reports"));
    section.finish();
    return storage;
  }

  /** The tables of a warehouse with the embedded catalog, for those who need nothing else. */
  public static StorageConfig embedded(String warehouse) {
    return new StorageConfig(warehouse, new TreeMap<>(Map.of()), "runs", "reports");
  }

  private static String place(Section section, String key) {
    return section.text(key, "a folder", text -> !text.isBlank() && text.indexOf('\0') < 0);
  }
}
