package io.gradzoo.jobs.table;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.config.block.Section;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

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
  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/");

  public StorageConfig {
    catalog = Collections.unmodifiableSortedMap(new TreeMap<>(catalog));
  }

  /**
   * Reads the block. What is wrong is recorded in the section, and a harmless value takes its
   * place.
   */
  public static StorageConfig read(Section section) {
    StorageConfig storage =
        new StorageConfig(
            place(section, "warehouse"),
            section.secretTexts("catalog"),
            runs(section),
            folder(section, "reports"));
    section.finish();
    return storage;
  }

  /** The tables of a warehouse with the embedded catalog, for those who need nothing else. */
  public static StorageConfig embedded(String warehouse) {
    return new StorageConfig(warehouse, new TreeMap<>(Map.of()), "runs", "reports");
  }

  /** Where runs are published by renaming their folders. */
  private static String runs(Section section) {
    String folder = place(section, "runs");
    if (!FilePlace.renames(folder)) {
      section.problem(
          "runs",
          Fault.here()
              .expected(FilePlace.expected())
              .found("\"%s\"", folder)
              .fix("a path without %s", folder.substring(0, folder.indexOf(':') + 1)));
    }
    return folder;
  }

  /** A folder of this machine: what reports are written to is no other file system. */
  public static String folder(Section section, String key) {
    String folder = place(section, key);
    if (URL.matcher(folder).lookingAt()) {
      section.problem(
          key,
          Fault.here()
              .expected("a folder of this machine")
              .found("\"%s\"", folder)
              .fix("a path without %s", folder.substring(0, folder.indexOf(':') + 1)));
    }
    return folder;
  }

  private static String place(Section section, String key) {
    return section.text(key, "a folder", StorageConfig::named);
  }

  /** Whether a folder of this machine, or somewhere else, can have this name. */
  private static boolean named(String text) {
    try {
      return URL.matcher(text).lookingAt() || !Path.of(text.strip()).toString().isEmpty();
    } catch (InvalidPathException e) { // a NUL, or a letter that the locale's charset has not
      return false;
    }
  }
}
