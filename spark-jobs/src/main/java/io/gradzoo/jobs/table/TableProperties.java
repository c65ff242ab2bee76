package io.gradzoo.jobs.table;

import io.gradzoo.jobs.code.Build;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a table's rows come from; stored with the table.
 *
 * @param configHash identity of what the rows depend on, see {@link
 *     io.gradzoo.jobs.config.EffectiveConfig}
 * @param codeVersion identity of the code that they depend on, see {@link
 *     io.gradzoo.jobs.code.CodeVersion}; empty if that is not known
 * @param more what else a job wants to remember, such as the effective config's text
 */
public record TableProperties(
    String configHash, String codeVersion, SortedMap<String, String> more) {
  static final String PREFIX = "gradzoo.";
  static final String SCHEMA = PREFIX + "schema";
  static final String SCHEMA_VERSION = PREFIX + "schema-version";
  private static final String CONFIG_HASH = PREFIX + "config-hash";
  private static final String CODE_VERSION = PREFIX + "code-version";
  private static final String MORE = PREFIX + "more.";
  private static final String SETTINGS = "config";

  /** The stored key of the effective config, which is JSON. */
  static final String CONFIG = MORE + SETTINGS;

  /** The stored key of the version of members that rows were made from. */
  static final String MEMBERS = MORE + "members";

  /** The stored key of what members depend on, which versions remember whatever its length is. */
  private static final String RECIPE = "recipe";

  private static final int LONGEST_RECIPE = 16_000;
  private static final String SOURCE = "source";
  private static final String IMAGES = "images";
  private static final String SECONDS = "seconds";
  private static final String COMMIT = "commit";
  private static final int LONGEST_IN_SUMMARY = 1000;

  public TableProperties {
    more = Collections.unmodifiableSortedMap(new TreeMap<>(more));
  }

  /** Of rows that this build writes, by code that nobody compares. */
  public static TableProperties of(String configHash) {
    return of(configHash, "");
  }

  /** Of rows that this build makes, with its commit as a further entry. */
  public static TableProperties of(String configHash, String codeVersion) {
    return new TableProperties(configHash, codeVersion, new TreeMap<>())
        .with(COMMIT, Build.current().commit());
  }

  /** The same with one more entry. */
  public TableProperties with(String key, String value) {
    SortedMap<String, String> entries = new TreeMap<>(more);
    entries.put(key, value);
    return new TableProperties(configHash, codeVersion, entries);
  }

  /**
   * The same with the config that the rows were made with.
   *
   * @param json its text, a JSON object
   */
  public TableProperties madeWith(String json) {
    return with(SETTINGS, json);
  }

  /**
   * The same with the settings that members depend on.
   *
   * @param json keys and values, a JSON object
   */
  public TableProperties withRecipe(String json) {
    return with(RECIPE, json);
  }

  /** The settings that members depend on, a JSON object; empty if they are not known. */
  public Optional<String> recipe() {
    return Optional.ofNullable(more.get(RECIPE));
  }

  /**
   * The same of members that were made elsewhere.
   *
   * @param source what they were read from, in words
   * @param images name of the image set that they read, if that is known
   */
  public TableProperties importedFrom(String source, Optional<String> images) {
    TableProperties imported = with(SOURCE, source);
    return images.map(set -> imported.with(IMAGES, set)).orElse(imported);
  }

  /** What members that were made elsewhere were read from; empty if they were made here. */
  public Optional<String> source() {
    return Optional.ofNullable(more.get(SOURCE));
  }

  /** The image set that members read that were made elsewhere; empty if that is not known. */
  public Optional<String> images() {
    return Optional.ofNullable(more.get(IMAGES));
  }

  /**
   * The same with the version of the members that the rows were made from.
   *
   * @param version as the store names it
   */
  public TableProperties ofMembers(String version) {
    return with(MEMBERS.substring(MORE.length()), version);
  }

  /** The version of the members that the rows were made from; empty if it is not known. */
  public Optional<String> members() {
    return Optional.ofNullable(more.get(MEMBERS.substring(MORE.length())));
  }

  /** The same with the seconds that the rows took to compute. */
  public TableProperties took(double seconds) {
    return with(SECONDS, String.format(Locale.ROOT, "%.3f", seconds));
  }

  /** Seconds that the rows took to compute; NaN if that is not known. */
  public double seconds() {
    try {
      return Double.parseDouble(more.getOrDefault(SECONDS, "NaN"));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** The form in which they are stored with a table of the schema. */
  SortedMap<String, String> stored(TableSchema schema) {
    SortedMap<String, String> stored = new TreeMap<>();
    stored.put(SCHEMA, schema.name());
    stored.put(SCHEMA_VERSION, Integer.toString(schema.version()));
    stored.put(CONFIG_HASH, configHash);
    stored.put(CODE_VERSION, codeVersion);
    more.forEach((key, value) -> stored.put(MORE + key, value));
    return stored;
  }

  /** What a version of a table remembers: the same without what is long. */
  SortedMap<String, String> summary(TableSchema schema) {
    SortedMap<String, String> summary = stored(schema);
    summary
        .entrySet()
        .removeIf(
            entry ->
                entry.getValue().length()
                    > (entry.getKey().equals(MORE + RECIPE) ? LONGEST_RECIPE : LONGEST_IN_SUMMARY));
    return summary;
  }

  static TableProperties read(Map<String, String> stored) {
    SortedMap<String, String> more = new TreeMap<>();
    stored.forEach(
        (key, value) -> {
          if (key.startsWith(MORE)) {
            more.put(key.substring(MORE.length()), value);
          }
        });
    return new TableProperties(
        stored.getOrDefault(CONFIG_HASH, ""), stored.getOrDefault(CODE_VERSION, ""), more);
  }
}
