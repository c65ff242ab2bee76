package io.gradzoo.jobs.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The canonical form of a config: every value as it was understood, sorted by key, defaults
 * included. Its hashes are the identities of artefacts: each covers exactly the values that the
 * artefact depends on, so neither a moved folder nor a resized task makes a table stale.
 */
public final class EffectiveConfig {
  private static final List<String> TRAINED_ZOO =
      List.of(
          "seed",
          "zoo.architectures",
          "zoo.batch-size",
          "zoo.checkpoints",
          "zoo.epochs",
          "zoo.image-train-share",
          "zoo.images",
          "zoo.recipe",
          "zoo.runs",
          "zoo.source");

  /** Images too: gradient sets of untrained members may be taken on them. */
  private static final List<String> RANDOM_ZOO =
      List.of(
          "seed",
          "zoo.architectures",
          "zoo.image-train-share",
          "zoo.images",
          "zoo.runs",
          "zoo.source");

  private static final List<String> GRADIENTS =
      List.of(
          "gradients.chunk-bytes",
          "gradients.convolutions",
          "gradients.loss",
          "gradients.members",
          "gradients.output",
          "gradients.probe",
          "gradients.probe-samples",
          "gradients.signal",
          "gradients.target-samples");

  private final SortedMap<String, Object> root;

  EffectiveConfig(SortedMap<String, Object> root) {
    this.root = Collections.unmodifiableSortedMap(new TreeMap<>(root));
  }

  /** Every value below one {@code gradzoo} block, as JSON that reads back as a config file. */
  public String json() {
    return CanonicalJson.indented(new TreeMap<>(Map.of(ConfigLayers.ROOT, root))) + "\n";
  }

  /** SHA-256 over everything but {@code storage}, in hex. */
  public String hash() {
    SortedMap<String, Object> values = new TreeMap<>(root);
    values.remove("storage");
    return hash(values);
  }

  /** Identity of the members: the seed and what they are drawn and trained from. */
  public String zooHash() {
    return hash(select(zoo()));
  }

  /** Identity of the gradient sets: the members and what the sets are taken on. */
  public String gradientsHash() {
    SortedMap<String, Object> values = select(zoo());
    values.putAll(select(GRADIENTS));
    return hash(values);
  }

  /** Identity of a trained model: the tables it reads, the splits and its own block. */
  public String modelHash(ModelConfig model) {
    SortedMap<String, Object> values = select(zoo());
    if (model.readsGradients()) {
      values.putAll(select(GRADIENTS));
    }
    values.putAll(select(List.of("splits", "models." + model.name())));
    return hash(values);
  }

  private List<String> zoo() {
    String random = Written.name(ZooConfig.Source.RANDOM);
    return select(List.of("zoo.source")).containsValue(random) ? RANDOM_ZOO : TRAINED_ZOO;
  }

  private SortedMap<String, Object> select(List<String> paths) {
    SortedMap<String, Object> selected = new TreeMap<>();
    for (String path : paths) {
      Object value = root;
      for (String key : path.split("\\.", -1)) {
        value = ((Map<?, ?>) value).get(key);
      }
      selected.put(path, value);
    }
    return selected;
  }

  private static String hash(SortedMap<String, Object> values) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] text = CanonicalJson.compact(values).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(digest.digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
