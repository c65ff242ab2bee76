package io.gradzoo.jobs.config;

/**
 * Where things are kept; none of it is part of any artefact's identity.
 *
 * @param warehouse folder of the Iceberg catalog
 * @param runs folder of the run directories: models, checkpoints, metrics
 * @param reports folder of the reports
 */
public record StorageConfig(String warehouse, String runs, String reports) {
  static StorageConfig read(Section section) {
    StorageConfig storage =
        new StorageConfig(
            place(section, "warehouse"), place(section, "runs"), place(section, "reports"));
    section.finish();
    return storage;
  }

  private static String place(Section section, String key) {
    return section.text(key, "a folder", text -> !text.isBlank() && text.indexOf('\0') < 0);
  }
}
