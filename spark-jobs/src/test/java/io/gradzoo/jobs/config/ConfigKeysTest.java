package io.gradzoo.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.gradzoo.jobs.GradzooException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key, changed by itself, changes the hashes that the table of keys says, and no other. */
class ConfigKeysTest {
  /** Configs that have all keys between them, each with some that the others refuse to change. */
  private static final List<List<String>> CONFIGS =
      List.of(
          List.of(
              "zoo.architectures=[\"64:dense8:dense10\",\"1x8x8:conv4k3s1p0:gap:dense10\","
                  + "\"transformer:v8:t16:d4:h2:f4:l1:relu:full:mean10\"]",
              "gradients={members=all, convolutions=maps}",
              "models={s={kind=scalegmn, members=mlp}, g={kind=gradmetanet, members=mlp},"
                  + " f={kind=scalegmn, members=mlp, task=fine_tuning},"
                  + " k={kind=scalegmn, members=mlp, task=classification},"
                  + " c={kind=gradmetanet_convolution, members=cnn},"
                  + " t={kind=gradmetanet_transformer, members=transformer}}"),
          List.of(
              "gradients.signal=model_sampled",
              "models={s={kind=scalegmn, members=mlp}, g={kind=gradmetanet, members=mlp},"
                  + " p={kind=gradmetanet_plus_plus, members=mlp}, h={kind=hybrid, members=mlp},"
                  + " hp={kind=hybrid_plus_plus, members=mlp}}"),
          List.of(
              "zoo={source=random, images=none, architectures=[\"sine1:1:dense4:dense1\"]}",
              "gradients={probe=points, target-samples=16, signal=output, loss=output_k}",
              "models={s={kind=scalegmn, members=mlp},"
                  + " g={kind=gradmetanet, members=mlp, task=fisher_diagonal},"
                  + " p={kind=gradmetanet_plus_plus, members=mlp, task=fisher_diagonal},"
                  + " d={kind=gradient_deep_sets, members=mlp, task=fisher_diagonal},"
                  + " n={kind=neuron_mlp, members=mlp, task=fisher_diagonal}}"),
          List.of(
              "zoo={source=random, images=none, architectures=[\"sine1:1:dense4:dense1\"]}",
              "gradients={probe=points, target-samples=16, signal=output, loss=output_k}",
              "model-defaults.training={outer.optimizer=nesterov, weight-decay=0}",
              "models.g={kind=gradmetanet, members=mlp, task=fisher_diagonal}"),
          List.of(
              "zoo={source=random, architectures=[\"relu:64:dense8:dense10\"]}",
              "gradients={target-samples=16, probe=points, signal=model_sampled}",
              "models={g={kind=gradmetanet, members=mlp}}"),
          List.of("zoo={source=random, architectures=[\"relu:64:dense8:dense10\"]}"),
          List.of("splits.by=published", "engine.device=cuda"),
          List.of("zoo={source=fitted, architectures=[\"sine30:2:dense4:dense1\"]}"),
          ofImages("cifar10"),
          ofImages("svhn"),
          ofImages("png"));

  private static List<String> ofImages(String set) {
    return List.of("zoo={images=" + set + ", architectures=[\"1x32x32:conv4k3s2p0:gap:dense10\"]}");
  }

  /** Other values of texts, by the last word of the key. */
  private static final Map<String, List<String>> TEXTS =
      Map.ofEntries(
          Map.entry("warehouse", List.of("elsewhere")),
          Map.entry("runs", List.of("elsewhere")),
          Map.entry("reports", List.of("elsewhere")),
          Map.entry("name", List.of("other")),
          Map.entry("source", List.of("random")),
          Map.entry("images", List.of("none", "digits")),
          Map.entry("colours", List.of("luma")),
          Map.entry("folder", List.of("elsewhere")),
          Map.entry("probe", List.of("points", "images")),
          Map.entry("signal", List.of("model_sampled", "label")),
          Map.entry("loss", List.of("half_mse")),
          Map.entry("convolutions", List.of("full")),
          Map.entry("members", List.of("cnn", "all")),
          Map.entry("unservable-members", List.of("exclude")),
          Map.entry("kind", List.of("gradmetanet_plus_plus")),
          Map.entry("task", List.of("fisher_diagonal", "fisher_trace")),
          Map.entry("activations", List.of("relu", "sine")),
          Map.entry("symmetry", List.of("permutation")),
          Map.entry("head", List.of("parameter_deltas")),
          Map.entry("readout", List.of("full_graph")),
          Map.entry("direction", List.of("bidirectional")),
          Map.entry("canonicalization", List.of("absolute")),
          Map.entry("boundary", List.of("gate")),
          Map.entry("hidden", List.of("equivariant_network")),
          Map.entry("phases", List.of("canonical")),
          Map.entry("gauge", List.of("balanced")),
          Map.entry("compatibility", List.of("reference")),
          Map.entry("estimate", List.of("reweighted")),
          Map.entry("schedule", List.of("cosine")),
          Map.entry("optimizer", List.of("nesterov", "none", "sgd")),
          Map.entry("optimizer-state", List.of("reset")),
          Map.entry("on-divergence", List.of("skip_shard")),
          Map.entry("by", List.of("strata")),
          Map.entry("last-step", List.of("left_out")),
          Map.entry("tensorboard", List.of("curves")),
          Map.entry("mlflow", List.of("http://host:5000")),
          Map.entry("experiment", List.of("other")),
          Map.entry("device", List.of("auto", "cpu")),
          Map.entry("products", List.of("float32")),
          Map.entry("study", List.of("curvature-small")),
          Map.entry("trainer", List.of("dl4j")));

  /** What must change with a key for the config to stay valid: keys that affect the same. */
  private static final Map<String, String> COMPANIONS =
      Map.of(
          "zoo.source", "zoo.architectures=[\"relu:64:dense8:dense10\"]",
          "splits.train", "splits={validation=0.2, test=0.45}",
          "splits.validation", "splits={train=0.775, test=0.15}",
          "splits.test", "splits={train=0.775, validation=0.15}");

  /**
   * Blocks of kinds that predict no Fisher diagonals; and the members of those that do are MLPs.
   */
  private static final String NEVER_STUDIED =
      "models.NAME.members|.*\\.(scalegmn|hybrid|gradmetanet_convolution|gradmetanet_transformer)\\..*";

  private static final Map<String, String> DECLARED = declared();

  static List<String> keys() {
    Set<String> keys = new TreeSet<>(DECLARED.keySet());
    ConfigLayers.reference()
        .getConfig("gradzoo")
        .entrySet()
        .forEach(entry -> keys.add(entry.getKey()));
    keys.remove("storage.catalog"); // its values are in no artefact, see the test below
    return List.copyOf(keys);
  }

  @Test
  void theCatalogIsKeptOutOfEveryArtefact() {
    GradzooConfig without = Configs.load();
    GradzooConfig with =
        Configs.load("storage.catalog={type=rest, uri=\"http://a\", credential=hidden, x.y=z}");

    assertThat(with.storage().catalog())
        .containsExactly(
            Map.entry("credential", "hidden"),
            Map.entry("type", "rest"),
            Map.entry("uri", "http://a"),
            Map.entry("x.y", "z"));
    assertThat(with.effective().json()).isEqualTo(without.effective().json());
    assertThat(with.effective().hash()).isEqualTo(without.effective().hash());
  }

  @Test
  void whatIsNoTextInTheCatalogIsNamed() {
    assertThatThrownBy(() -> Configs.load("storage.catalog={type=[1, 2]}"))
        .hasMessageContaining("storage.catalog.type: expected a text, found a list of 2");
    assertThatThrownBy(() -> Configs.load("storage.catalog=rest"))
        .hasMessageContaining("storage.catalog: expected a block { … }, found \"rest\"");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keys")
  void aChangeChangesWhatTheTableSays(String key) {
    String declared = DECLARED.get(key.replaceFirst("^model-defaults\\.", "models.NAME."));
    assertThat(declared).as("a row of the table for %s", key).isNotNull();
    Set<String> unseen = new HashSet<>(effects(declared));
    boolean changed = false;
    for (List<String> config : CONFIGS) {
      Loaded before = Loaded.of(config).orElseThrow();
      for (String path : paths(key, before)) {
        Optional<Loaded> after = changed(config, path, before);
        if (after.isPresent()) {
          changed = true;
          Set<String> expected = new TreeSet<>();
          for (String effect : effects(declared)) {
            if (inForce(effect, before, after.get())) {
              unseen.remove(effect);
              expected.addAll(madeOf(effect, path, before, after.get()));
            }
          }
          assertThat(before.hashesThatDifferFrom(after.get()))
              .as("%s over %s", path, config)
              .isEqualTo(expected);
          if (!expected.isEmpty() && !path.equals("zoo.images")) {
            assertThat(before.makersThatUse(path, after.get()))
                .as("commands that take %s over %s", path, config)
                .isEqualTo(expected);
          }
        }
      }
    }
    assertThat(changed).as("a valid change of %s", key).isTrue();
    unseen.removeIf(effect -> effect.startsWith("study") && key.matches(NEVER_STUDIED));
    assertThat(unseen).as("effects of %s that no config shows", key).isEmpty();
  }

  @Test
  void theDocumentIsTheTable() throws IOException {
    assertThat(Files.readString(Path.of("../docs/config-keys.md")))
        .as("fix: deploy/bin/gradzoo config keys > docs/config-keys.md")
        .isEqualTo(ConfigKeys.table());
  }

  @Test
  void theTableGivesEachKeyItsDefaultAndWhatItAffects() {
    assertThat(ConfigKeys.table().lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "| key | default | affects |",
            "| `zoo.epochs` | 10 | "
                + "members with zoo.source = trained, members with zoo.source = fitted |",
            "| `zoo.members-per-task` | 8 | – |",
            "| `zoo.recipe.optimizer` | [\"adam\",\"sgd\",\"rmsprop\"] | "
                + "members with zoo.source = trained, members with zoo.source = fitted |",
            "| `models.NAME.kind` | – | models, study with models.NAME.task = fisher_diagonal |",
            "| `models.NAME.training.shards` | 4 | models, study with models.NAME.task = fisher_diagonal |",
            "| `study.seeds` | 3 | study |");
  }

  /** A config that was read, its values by path and its hashes by artefact. */
  private record Loaded(
      GradzooConfig config, Map<String, ConfigValue> values, Map<String, String> hashes) {
    static Optional<Loaded> of(List<String> assignments) {
      try {
        return Optional.of(of(Configs.load(assignments.toArray(String[]::new))));
      } catch (GradzooException e) {
        return Optional.empty();
      }
    }

    private static Loaded of(GradzooConfig config) {
      EffectiveConfig effective = config.effective();
      Map<String, String> hashes = new TreeMap<>();
      hashes.put("members", effective.zooHash());
      hashes.put("gradient sets", effective.gradientsHash());
      hashes.put("study", effective.studyHash());
      config
          .models()
          .values()
          .forEach(
              model ->
                  hashes.put(
                      (model.readsGradients() ? "reader " : "weigher ") + model.name(),
                      effective.modelHash(model)));
      Map<String, ConfigValue> values = new TreeMap<>();
      Config json = ConfigFactory.parseString(effective.json()).getConfig("gradzoo");
      json.entrySet().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
      return new Loaded(config, values, hashes);
    }

    /** The artefacts whose commands take the key as an option, with the one config or the other. */
    Set<String> makersThatUse(String path, Loaded other) {
      Set<String> makers = new TreeSet<>();
      for (String artefact : hashes.keySet()) {
        ConfigUse use =
            switch (artefact) {
              case "members" -> ConfigUse.members();
              case "gradient sets" -> ConfigUse.gradientSets();
              case "study" -> ConfigUse.study();
              default -> ConfigUse.model(artefact.split(" ", -1)[1]);
            };
        if (use.includes(path, config) || use.includes(path, other.config)) {
          makers.add(artefact);
        }
      }
      return makers;
    }

    Set<String> hashesThatDifferFrom(Loaded other) {
      Set<String> differing = new TreeSet<>();
      hashes.forEach(
          (artefact, hash) -> {
            if (!hash.equals(other.hashes.get(artefact))) {
              differing.add(artefact);
            }
          });
      return differing;
    }

    boolean has(String path, String text) {
      return values.containsKey(path) && String.valueOf(values.get(path).unwrapped()).equals(text);
    }

    /** The models that the two configs say different things of. */
    List<String> modelsThatDifferFrom(Loaded other) {
      return names().filter(name -> !block(name).equals(other.block(name))).toList();
    }

    private Stream<String> names() {
      return hashes.keySet().stream()
          .filter(artefact -> artefact.matches("(reader|weigher) .*"))
          .map(artefact -> artefact.split(" ", -1)[1]);
    }

    private Map<String, Object> block(String model) {
      Map<String, Object> block = new TreeMap<>();
      values.forEach(
          (path, value) -> {
            if (path.startsWith("models." + model + ".")) {
              block.put(path, value.unwrapped());
            }
          });
      return block;
    }
  }

  /** Where a key stands in a config: of a model, in the block of each that has it. */
  private static List<String> paths(String key, Loaded config) {
    if (key.startsWith("model-defaults.")) {
      return List.of(key);
    }
    String anyModel = key.replace("models.NAME.", "models\\.[a-z]+\\.");
    return config.values.keySet().stream().filter(path -> path.matches(anyModel)).toList();
  }

  /** The config with another value under a key, the first of the candidates that is valid. */
  private static Optional<Loaded> changed(List<String> config, String path, Loaded before) {
    ConfigValue now =
        path.startsWith("model-defaults.")
            ? ConfigLayers.reference().getValue("gradzoo." + path)
            : before.values.get(path);
    for (String other : others(path, now)) {
      List<String> assignments = new ArrayList<>(config);
      Optional.ofNullable(COMPANIONS.get(path)).ifPresent(assignments::add);
      assignments.add(path + "=" + other);
      Optional<Loaded> after = Loaded.of(assignments);
      if (after.isPresent() && !unwrapped(after.get()).equals(unwrapped(before))) {
        return after;
      }
    }
    return Optional.empty();
  }

  private static Map<String, Object> unwrapped(Loaded config) {
    Map<String, Object> values = new TreeMap<>();
    config.values.forEach((path, value) -> values.put(path, value.unwrapped()));
    return values;
  }

  private static List<String> others(String path, ConfigValue now) {
    List<String> words = ConfigUtil.splitPath(path);
    Object value = now.unwrapped();
    if (path.equals("zoo.architectures")) {
      return List.of(
          "[\"64:dense9:dense10\"]", "[\"relu:64:dense9:dense10\"]", "[\"sine1:1:dense5:dense1\"]");
    } else if (value instanceof Boolean flag) {
      return List.of(String.valueOf(!flag));
    } else if (value instanceof List<?> list) {
      return othersOf(list);
    } else if (value instanceof Number number) {
      return othersOf(number);
    }
    return TEXTS.getOrDefault(words.get(words.size() - 1), List.of());
  }

  private static List<String> othersOf(Number number) {
    double value = number.doubleValue();
    return value == Math.rint(value)
        ? List.of((long) value + 1 + "", (long) value + 2 + "", (long) value - 1 + "", "0.1")
        : List.of(value / 2 + "", value + 0.1 + "");
  }

  /** Without the last element; or with another first or last number. */
  private static List<String> othersOf(List<?> list) {
    List<String> others = new ArrayList<>();
    if (list.get(0) instanceof Number first) {
      List<Object> changed = new ArrayList<>(list);
      changed.set(0, first instanceof Double ? first.doubleValue() / 2 : first.intValue() - 1);
      others.add(changed.toString());
      for (double factor : new double[] {0.5, 2}) {
        changed = new ArrayList<>(list);
        changed.set(list.size() - 1, factor * ((Number) list.get(list.size() - 1)).doubleValue());
        others.add(changed.toString());
      }
    } else {
      others.add(list.subList(0, list.size() - 1).toString());
    }
    return others;
  }

  private static List<String> effects(String declared) {
    return declared.equals("–") ? List.of() : Arrays.asList(declared.split(", ", -1));
  }

  /** Whether the condition of an effect holds before or after a change. */
  private static boolean inForce(String effect, Loaded before, Loaded after) {
    if (!effect.contains(" with ")) {
      return true;
    }
    String[] condition = effect.split(" with ", -1)[1].split(" ", 3);
    Predicate<String> holds =
        path ->
            Stream.of(before, after)
                .anyMatch(config -> config.has(path, condition[2]) == condition[1].equals("="));
    if (!condition[0].startsWith("models.NAME.")) {
      return holds.test(condition[0]);
    }
    return before.modelsThatDifferFrom(after).stream()
        .map(name -> condition[0].replace("NAME", name))
        .anyMatch(holds);
  }

  /** An artefact and everything that is made of it, as the heading of the table says. */
  private static Set<String> madeOf(String effect, String path, Loaded before, Loaded after) {
    Predicate<String> dependent =
        switch (effect.split(" with ", -1)[0]) {
          case "members" -> artefact -> true;
          case "gradient sets" -> artefact -> artefact.matches("gradient sets|study|reader .*");
          case "models" -> {
            List<String> own = before.modelsThatDifferFrom(after);
            boolean all = !path.startsWith("model");
            yield artefact ->
                artefact.contains("er ") && (all || own.contains(artefact.split(" ", -1)[1]));
          }
          case "study" -> "study"::equals;
          default -> throw new AssertionError(effect);
        };
    Set<String> made = new TreeSet<>(before.hashes.keySet());
    made.removeIf(dependent.negate());
    return made;
  }

  private static Map<String, String> declared() {
    Map<String, String> declared = new TreeMap<>();
    ConfigKeys.all().forEach(key -> declared.put(key.path(), key.affects()));
    return declared;
  }
}
