package io.gradzoo.jobs.config;

import io.gradzoo.jobs.Secrets;
import io.gradzoo.jobs.config.block.Artefact;
import io.gradzoo.jobs.config.block.Effects;
import io.gradzoo.jobs.config.block.ReadLog.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The canonical form of a config: every value as it was understood, sorted by key, defaults
 * included. Its hashes are the identities of artefacts: each covers exactly the values that the
 * artefact depends on, so neither a moved folder nor a resized task makes a table stale.
 *
 * <p>What a value affects by itself is said where it is read ({@link Effects}). What is made of
 * what is said here: gradient sets of members; a model of members or of their gradient sets; the
 * study of gradient sets. {@link ConfigKeys} lists it all.
 */
public final class EffectiveConfig {
  /** All whole numbers up to this one are doubles. */
  private static final long LARGEST_EXACT = 1L << 53;

  private final SortedMap<String, Value> values;

  /**
   * @param values by their path below the root
   */
  EffectiveConfig(SortedMap<String, Value> values) {
    this.values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /**
   * Every value below one {@code gradzoo} block, as JSON that reads back as a config file; a
   * password in a place's URL is hidden, and what could not be understood, which nobody used, is
   * left out. Whole numbers that no double holds are text.
   */
  public String json() {
    SortedMap<String, Object> blocks = new TreeMap<>();
    values.forEach(
        (path, value) -> {
          if (value.value() != null) {
            put(blocks, ConfigLayers.ROOT + "." + path, exact(value.value()));
          }
        });
    return Secrets.hidden(CanonicalJson.indented(blocks)) + "\n";
  }

  /** Readers of JSON turn numbers into doubles. */
  private static Object exact(Object value) {
    return value instanceof Long number && (number > LARGEST_EXACT || number < -LARGEST_EXACT)
        ? number.toString()
        : value;
  }

  /** SHA-256 over every value that anything depends on, in hex. */
  public String hash() {
    return hash(EnumSet.allOf(Artefact.class), path -> true);
  }

  /** The keys that members depend on, with their values: a JSON object on one line. */
  public String zooSettings() {
    return CanonicalJson.compact(covered(EnumSet.of(Artefact.MEMBERS), path -> true));
  }

  /** Identity of the members: the seed and what they are drawn and trained from. */
  public String zooHash() {
    return hash(EnumSet.of(Artefact.MEMBERS), path -> true);
  }

  /** Identity of the gradient sets: the members and what the sets are taken on. */
  public String gradientsHash() {
    return hash(EnumSet.of(Artefact.MEMBERS, Artefact.GRADIENT_SETS), path -> true);
  }

  /** Identity of what gradient sets depend on beside their members. */
  public String gradientSettingsHash() {
    return hash(EnumSet.of(Artefact.GRADIENT_SETS), path -> true);
  }

  /** Identity of a trained model: the tables it reads, the splits and its own block. */
  public String modelHash(ModelConfig model) {
    return sha256(CanonicalJson.compact(ofModel(model)));
  }

  /** What {@link #modelHash} is the hash of: values as compact JSON, by their keys. */
  public SortedMap<String, String> modelSettings(ModelConfig model) {
    SortedMap<String, String> settings = new TreeMap<>();
    ofModel(model).forEach((key, value) -> settings.put(key, CanonicalJson.text(value)));
    return settings;
  }

  /**
   * The keys that a trained model depends on and whose values another config has not, with both
   * values: {@code seed 7 (here 8)}.
   */
  public List<String> modelDifferences(ModelConfig model, EffectiveConfig here) {
    SortedMap<String, Object> own = ofModel(model);
    SortedMap<String, Object> others = here.ofModel(model);
    SortedSet<String> keys = new TreeSet<>(own.keySet());
    keys.addAll(others.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(own.get(key), others.get(key)))
        .map(key -> "%s %s (here %s)".formatted(key, own.get(key), others.get(key)))
        .toList();
  }

  private SortedMap<String, Object> ofModel(ModelConfig model) {
    Set<Artefact> parts = EnumSet.of(Artefact.MEMBERS, Artefact.MODELS);
    if (model.readsGradients()) {
      parts.add(Artefact.GRADIENT_SETS);
    }
    String models = GradzooConfig.MODELS + ".";
    return covered(
        parts, path -> !path.startsWith(models) || path.startsWith(models + model.name() + "."));
  }

  /** Identity of the study: the gradient sets, the splits, its sizes and the models in it. */
  public String studyHash() {
    return hash(EnumSet.of(Artefact.MEMBERS, Artefact.GRADIENT_SETS, Artefact.STUDY), path -> true);
  }

  /** Of the values that some of the artefacts depend on by themselves. */
  private String hash(Set<Artefact> artefacts, Predicate<String> paths) {
    return sha256(CanonicalJson.compact(covered(artefacts, paths)));
  }

  private SortedMap<String, Object> covered(Set<Artefact> artefacts, Predicate<String> paths) {
    SortedMap<String, Object> covered = new TreeMap<>();
    values.forEach(
        (path, value) -> {
          if (paths.test(path)
              && artefacts.stream().anyMatch(each -> value.effects().include(each, this::text))) {
            covered.put(path, value.value());
          }
        });
    return covered;
  }

  /** Whether there is such a key. */
  boolean has(String path) {
    return values.containsKey(path);
  }

  /** The keys of a block and of those in it. */
  List<String> below(String block) {
    return values.keySet().stream().filter(path -> path.startsWith(block + ".")).toList();
  }

  /** Whether a key's value goes into some of the artefacts, with the others as they are. */
  boolean affects(String path, Set<Artefact> artefacts) {
    return artefacts.stream()
        .anyMatch(each -> values.get(path).effects().include(each, this::text));
  }

  private String text(String path) {
    Value value = values.get(path);
    if (value == null) {
      throw new IllegalStateException("no key " + path + " on which effects depend");
    }
    return value.value() == null ? null : String.valueOf(value.value());
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, Object> blocks, String path, Object value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      blocks.put(path, value);
    } else {
      Object inner = blocks.computeIfAbsent(path.substring(0, dot), key -> new TreeMap<>());
      put((Map<String, Object>) inner, path.substring(dot + 1), value);
    }
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
