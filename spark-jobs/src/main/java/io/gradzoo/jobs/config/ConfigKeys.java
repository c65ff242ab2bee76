package io.gradzoo.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.gradzoo.jobs.config.block.ConfigSpelling;
import io.gradzoo.jobs.config.block.ReadLog;
import io.gradzoo.jobs.model.registry.BuiltInKinds;
import io.gradzoo.jobs.task.MetanetworkTask;
import io.gradzoo.jobs.task.registry.BuiltInTasks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Every key of a config, as those who read it declare it, in a table for users. */
public final class ConfigKeys {
  /** Stands for the name of any model. */
  static final String ANY_NAME = "NAME";

  private static final String HEADING =
      """
# Keys of a config

`gradzoo config keys` prints this: each key, its default and what its value affects, which is
what the hash of an artefact covers. A change of a value makes these out of date, and what is made
of them: gradient sets are made of members, models of members or of their gradient sets,
the study of gradient sets. The keys of a model affect that model alone. Keys that affect nothing
say where things are kept or how work is cut.

`model-defaults.X` lies under `models.NAME.X` of every model whose kind has it. A default of – is none.

""";

  private ConfigKeys() {}

  /**
   * A key.
   *
   * @param path below the root; {@code NAME} stands for the name of any model
   * @param byDefault the value it has where no layer gives another
   * @param affects the artefacts, in words
   */
  record Key(String path, String byDefault, String affects) {}

  /** All keys as a table in Markdown under a heading. */
  public static String table() {
    List<Key> rows = new ArrayList<>();
    rows.add(new Key("key", "default", "affects"));
    all().forEach(key -> rows.add(new Key("`" + key.path + "`", key.byDefault, key.affects)));
    int path = rows.stream().mapToInt(row -> row.path.length()).max().orElseThrow();
    int value = rows.stream().mapToInt(row -> row.byDefault.length()).max().orElseThrow();
    String line = "| %-" + path + "s | %-" + value + "s | %s |";
    rows.add(1, new Key("-".repeat(path), "-".repeat(value), "---"));
    return rows.stream()
        .map(row -> line.formatted(row.path, row.byDefault, row.affects))
        .collect(Collectors.joining("\n", HEADING, "\n"));
  }

  /** All keys, sorted; those of models once for all kinds that have them. */
  static List<Key> all() {
    Config reference = ConfigLayers.reference().resolve();
    ReadLog log = new ReadLog();
    GradzooConfig.read(
        oneModelOfEachKind(reference).getConfig(ConfigLayers.ROOT).root(),
        ConfigLayers.BUILT_IN,
        log);
    Map<String, Key> keys = new TreeMap<>();
    log.values()
        .forEach(
            (path, value) -> {
              String own = withAnyName(path);
              String affects = withAnyName(value.effects().words());
              keys.put(own, new Key(own, byDefault(reference, own), affects));
            });
    return List.copyOf(keys.values());
  }

  private static Config oneModelOfEachKind(Config reference) {
    Config config = reference;
    for (String name : BuiltInKinds.ALL.names()) {
      Map<String, Object> models =
          Map.of(
              ConfigLayers.ROOT,
              Map.of(GradzooConfig.MODELS, Map.of(name, Collections.singletonMap("kind", name))));
      config = ConfigFactory.parseMap(models).withFallback(config);
    }
    for (MetanetworkTask task : BuiltInTasks.ALL.all()) {
      if (task.block().isPresent()) {
        config = ConfigFactory.parseMap(oneOf(task)).withFallback(config);
      }
    }
    return config;
  }

  /** A model of a task that has a block of its own. */
  private static Map<String, Object> oneOf(MetanetworkTask task) {
    String kind =
        BuiltInKinds.ALL.all().stream()
            .filter(each -> each.serves(task))
            .findFirst()
            .orElseThrow()
            .name();
    Map<String, Object> model = Map.of("kind", kind, "task", task.name());
    return Map.of(ConfigLayers.ROOT, Map.of(GradzooConfig.MODELS, Map.of(task.name(), model)));
  }

  private static String withAnyName(String text) {
    return text.replaceAll(
        "\\b" + GradzooConfig.MODELS + "\\.[a-z_]+\\.",
        GradzooConfig.MODELS + "." + ANY_NAME + ".");
  }

  private static String byDefault(Config reference, String path) {
    String ofModels = GradzooConfig.MODELS + "." + ANY_NAME;
    String written =
        ConfigLayers.ROOT + "." + path.replaceFirst("^" + ofModels, GradzooConfig.DEFAULTS);
    if (!reference.hasPath(written)) {
      return "–";
    }
    ConfigValue value = reference.getValue(written);
    String scalar = ConfigSpelling.scalar(value);
    return scalar == null ? value.render(ConfigRenderOptions.concise()) : scalar;
  }
}
