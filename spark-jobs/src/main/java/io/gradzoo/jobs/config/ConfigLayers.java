package io.gradzoo.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.block.Layers;
import io.gradzoo.jobs.config.block.Problems;
import io.gradzoo.jobs.model.registry.BuiltInKinds;
import io.gradzoo.jobs.task.registry.BuiltInTasks;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layers a config is made of, later ones over earlier ones: the jar's reference.conf, preset,
 * file, {@code --set} assignments.
 *
 * <p>Only these are read: include statements are refused, and substitutions see the config alone,
 * never the environment, so that a config means the same on every machine.
 *
 * @param preset a preset's file
 * @param file the user's own file
 * @param stored a config that was kept with what was made by it, in place of a file
 * @param assignments {@code key=value}, keys below the root {@code gradzoo}
 */
public record ConfigLayers(
    Optional<Path> preset,
    Optional<Path> file,
    Optional<StoredConfig> stored,
    List<String> assignments) {
  static final String ROOT = "gradzoo";

  /** The defaults of models. */
  public static final ModelChoices BUILT_IN = new ModelChoices(BuiltInKinds.ALL, BuiltInTasks.ALL);

  private static final long LARGEST_FILE = 1 << 20;

  public ConfigLayers {
    assignments = List.copyOf(assignments);
  }

  /** The layers of a command. */
  public ConfigLayers(Optional<Path> preset, Optional<Path> file, List<String> assignments) {
    this(preset, file, Optional.empty(), assignments);
  }

  /**
   * A config that was kept.
   *
   * @param name for messages
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes, compared by nobody
  public record StoredConfig(String name, byte[] bytes) {}

  /** The defaults alone. */
  public static ConfigLayers defaults() {
    return new ConfigLayers(Optional.empty(), Optional.empty(), List.of());
  }

  /** The defaults under one file. */
  public static ConfigLayers of(Path file, String... assignments) {
    return new ConfigLayers(Optional.empty(), Optional.of(file), List.of(assignments));
  }

  /**
   * The defaults under a config that was kept.
   *
   * @param name of it, for messages
   * @param bytes UTF-8 text
   */
  public static ConfigLayers stored(String name, byte[] bytes) {
    return new ConfigLayers(
        Optional.empty(), Optional.empty(), Optional.of(new StoredConfig(name, bytes)), List.of());
  }

  /**
   * Reads all layers.
   *
   * @throws GradzooException exit code 2: every mistake of every layer, one line each
   */
  public GradzooConfig load() {
    return load(ConfigUse.everything());
  }

  /** Likewise, with what models may be. */
  public GradzooConfig load(ModelChoices choices) {
    return load(ConfigUse.everything(), choices);
  }

  /**
   * Reads all layers for one who does not use every key. What does not stand right in the others is
   * not what it will be read as: it must not be used.
   *
   * @throws GradzooException exit code 2: every mistake in what is used, one line each
   */
  public GradzooConfig load(ConfigUse use) {
    return load(use, BUILT_IN);
  }

  /** Likewise, with what models may be. */
  public GradzooConfig load(ConfigUse use, ModelChoices choices) {
    Config config = ConfigFactory.empty();
    for (String assignment : assignments) {
      config = assignment(assignment).withFallback(config);
    }
    if (file.isPresent()) {
      config = config.withFallback(file(file.get()));
    }
    if (stored.isPresent()) {
      config = config.withFallback(text(stored.get().name(), stored.get().bytes()));
    }
    if (preset.isPresent()) {
      config = config.withFallback(file(preset.get()));
    }
    return GradzooConfig.read(root(resolve(config.withFallback(reference()))), use, choices);
  }

  /**
   * Refuses settings that a command does not use: assignments, and a preset none of whose keys it
   * uses. A file may hold keys for other commands.
   *
   * @param config what {@link #load} gave
   * @param command its name, for messages
   * @throws GradzooException exit code 2 naming every such key
   */
  public void requireUsed(GradzooConfig config, String command, ConfigUse use) {
    List<Fault> faults = new ArrayList<>();
    for (String assignment : assignments) {
      for (String key : keys(assignment(assignment))) {
        if (!use.includes(key, config)) {
          faults.add(unused(command, Layers.SET + " " + key));
        }
      }
    }
    preset
        .filter(file -> keys(file(file)).stream().noneMatch(key -> use.includes(key, config)))
        .ifPresent(file -> faults.add(unused(command, "--preset")));
    if (!faults.isEmpty()) {
      throw GradzooException.usage(faults);
    }
  }

  private static Fault unused(String command, String option) {
    return Fault.of(command)
        .at(option)
        .expected("what this command uses")
        .found("what changes nothing in it")
        .fix("leave it out; a --config file may hold keys for other commands");
  }

  /** The paths below the root of all values that are no blocks. */
  private static List<String> keys(Config layer) {
    return layer.entrySet().stream()
        .map(Map.Entry::getKey)
        .map(path -> String.join(".", ConfigUtil.splitPath(path)))
        .filter(path -> path.startsWith(ROOT + "."))
        .map(path -> path.substring(ROOT.length() + 1))
        .sorted()
        .toList();
  }

  private static ConfigObject root(Config config) {
    Problems problems = new Problems();
    for (String key : config.root().keySet().stream().sorted().toList()) {
      if (!key.equals(ROOT)) {
        problems.add(
            config.root().get(key),
            key,
            Fault.here().found("unknown key (everything stands below " + ROOT + ")"));
      }
    }
    ConfigValue root = config.root().get(ROOT);
    if (!(root instanceof ConfigObject)) {
      problems.add(root, ROOT, Fault.here().expected("a block { … }").found("something else"));
    }
    problems.throwIfAny();
    return (ConfigObject) root;
  }

  private static Config resolve(Config config) {
    try {
      ExpandedSize.check(config);
      return config.resolve(ConfigResolveOptions.noSystem());
    } catch (ConfigException e) {
      throw unreadable(e, "the layers together");
    } catch (StackOverflowError e) {
      throw GradzooException.usage(
          Fault.of("config").found("substitutions nested too deeply to be read"));
    }
  }

  /** The lowest layer: the default of every key. */
  static Config reference() {
    String resource = "/reference.conf";
    try (InputStream bytes = ConfigLayers.class.getResourceAsStream(resource);
        Reader reader = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
      return parse(reader, Layers.REFERENCE);
    } catch (IOException e) {
      throw new UncheckedIOException(Layers.REFERENCE, e);
    }
  }

  private static Config file(Path path) {
    String name = path.toString();
    try {
      if (!Files.exists(path)) {
        throw GradzooException.usage(
            Fault.of("config").at(name).expected("a file").found("nothing there"));
      }
      if (!Files.isRegularFile(path)) {
        throw GradzooException.usage(
            Fault.of("config").at(name).expected("a file").found(kind(path)));
      }
      if (Files.size(path) > LARGEST_FILE) {
        throw GradzooException.usage(
            Fault.of("config")
                .at(name)
                .expected("at most %d bytes", LARGEST_FILE)
                .found(Files.size(path)));
      }
      return text(name, Files.readAllBytes(path));
    } catch (IOException e) {
      throw GradzooException.usage(
          Fault.of("config").at(name).found("cannot be read: " + e.getMessage()));
    }
  }

  private static Config text(String name, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return parse(new StringReader(text), name);
    } catch (CharacterCodingException e) {
      throw GradzooException.usage(
          Fault.of("config")
              .at(name)
              .expected("UTF-8 text")
              .found("other bytes (" + e.getMessage() + ")"));
    }
  }

  private static String kind(Path path) {
    return Files.isDirectory(path) ? "a directory" : "a device, pipe or socket";
  }

  private static Config parse(Reader reader, String name) {
    ConfigParseOptions options =
        ConfigParseOptions.defaults()
            .setSyntax(ConfigSyntax.CONF)
            .setOriginDescription(name)
            .setIncluder(new NoIncludes());
    try {
      return ConfigFactory.parseReader(reader, options);
    } catch (ConfigException e) {
      throw unreadable(e, name);
    } catch (StackOverflowError e) {
      throw GradzooException.usage(
          Fault.of("config").at(name).found("blocks nested too deeply to be read"));
    }
  }

  /** {@code key=value}: a list, block or quoted text is read as HOCON, anything else as it is. */
  private static Config assignment(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw GradzooException.usage(
          Fault.of("config")
              .at("--set")
              .expected("key=value such as zoo.runs=40")
              .found("\"" + text + "\""));
    }
    String key = text.substring(0, equals).strip();
    String path = key.startsWith(ROOT + ".") ? key : ROOT + "." + key;
    String written = text.substring(equals + 1).strip();
    try {
      ConfigUtil.splitPath(path);
      ConfigValue value =
          written.isEmpty() || "[{\"".indexOf(written.charAt(0)) < 0
              ? ConfigValueFactory.fromAnyRef(written, Layers.SET)
              : hocon(text, written);
      return value.atPath(path);
    } catch (ConfigException.BadPath e) {
      throw GradzooException.usage(
          Fault.of("config").at("--set").expected("a key").found("\"" + key + "\""));
    }
  }

  private static ConfigValue hocon(String assignment, String written) {
    Config parsed = parse(new StringReader("value = " + written), Layers.SET + " " + assignment);
    if (parsed.root().size() != 1) {
      throw GradzooException.usage(
          Fault.of("config")
              .at("--set")
              .expected("one value")
              .found("several in \"" + assignment + "\""));
    }
    return parsed.root().get("value");
  }

  private static GradzooException unreadable(ConfigException e, String name) {
    ConfigOrigin origin = e.origin();
    String where =
        origin == null
            ? name
            : origin.lineNumber() < 1
                ? origin.description()
                : origin.description().replaceAll(": \\d+$", "") + ":" + origin.lineNumber();
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    String reason = origin == null ? message : message.replace(origin.description() + ": ", "");
    String line = reason.replaceAll("\\s+", " ").strip();
    int sentence = line.indexOf(" (if you intended");
    return GradzooException.usage(
        Fault.of("config").at(where).found(sentence < 0 ? line : line.substring(0, sentence)));
  }
}
