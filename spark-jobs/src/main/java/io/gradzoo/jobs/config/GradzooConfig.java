package io.gradzoo.jobs.config;

import com.typesafe.config.ConfigObject;
import io.gradzoo.engine.device.ProductPrecision;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.block.Artefact;
import io.gradzoo.jobs.config.block.ConfigSpelling;
import io.gradzoo.jobs.config.block.Effects;
import io.gradzoo.jobs.config.block.ReadLog;
import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.config.block.Suggestions;
import io.gradzoo.jobs.device.DeviceChoice;
import io.gradzoo.jobs.device.DeviceSettings;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import io.gradzoo.jobs.model.Kinds;
import io.gradzoo.jobs.table.StorageConfig;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A whole config, read and checked.
 *
 * @param choices what its models may be
 * @param seed of everything random
 * @param device what trains models and takes gradient sets
 * @param models by name
 * @param study of curvature estimates
 * @param demoStudy the preset whose study the demo runs too, if any
 * @param tracking where trainings are shown besides their run directories
 * @param effective the canonical form and its hashes
 * @param warnings deprecated spellings, one line each
 */
public record GradzooConfig(
    ModelChoices choices,
    long seed,
    StorageConfig storage,
    ZooConfig zoo,
    GradientsConfig gradients,
    SplitsConfig splits,
    DeviceSettings device,
    SortedMap<String, ModelConfig> models,
    StudyConfig study,
    Optional<String> demoStudy,
    TrackingConfig tracking,
    EffectiveConfig effective,
    List<String> warnings) {
  private static final Pattern MODEL_NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
  static final String DEFAULTS = "model-defaults";
  static final String MODELS = "models";
  private static final String NO_STUDY = "none";

  public GradzooConfig {
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads the resolved block below the root. Mistakes in what is not used are warned of in one
   * line.
   *
   * @param choices what its models may be
   * @throws io.gradzoo.jobs.GradzooException exit code 2, with every mistake in what is used
   */
  static GradzooConfig read(ConfigObject root, ConfigUse use, ModelChoices choices) {
    ReadLog log = new ReadLog();
    GradzooConfig config = read(root, choices, log);
    log.problems().requireNone(key -> use.includes(key, config));
    return config.withWarnings(log.problems().warnings());
  }

  /** Reads it as far as it can be read; what is wrong is left to the caller. */
  static GradzooConfig read(ConfigObject root, ModelChoices choices, ReadLog log) {
    Section section =
        Section.root(withModelDefaults(root, choices), log, Effects.on(Artefact.values()));
    long seed = section.wholeNumber("seed", 0, Long.MAX_VALUE);
    StorageConfig storage = StorageConfig.read(section.section("storage", Effects.NONE));
    String images = imageFolder(section.section("datasets", Effects.NONE));
    ZooConfig zoo = ZooConfig.read(section.section("zoo", Effects.on(Artefact.MEMBERS)), images);
    GradientsConfig gradients =
        GradientsConfig.read(section.section("gradients", Effects.on(Artefact.GRADIENT_SETS)), zoo);
    SplitsConfig splits =
        SplitsConfig.read(section.section("splits", Effects.on(Artefact.MODELS, Artefact.STUDY)));
    DeviceSettings device =
        device(section.section("engine", Effects.on(Artefact.GRADIENT_SETS, Artefact.MODELS)));
    SortedMap<String, ModelConfig> models =
        models(section.section(MODELS, Effects.on(Artefact.MODELS)), choices, zoo, gradients);
    StudyConfig study = StudyConfig.read(section.section("study", Effects.on(Artefact.STUDY)));
    Optional<String> demoStudy = demoStudy(section.section("demo", Effects.NONE));
    TrackingConfig tracking = TrackingConfig.read(section.section("tracking", Effects.NONE));
    section.finish();
    return new GradzooConfig(
        choices,
        seed,
        storage,
        zoo,
        gradients,
        splits,
        device,
        models,
        study,
        demoStudy,
        tracking,
        new EffectiveConfig(log.values()),
        log.problems().warnings());
  }

  private static String imageFolder(Section section) {
    String folder = StorageConfig.folder(section, "folder");
    section.finish();
    return folder;
  }

  /**
   * What trains models and takes gradient sets, these with exact products. The CPU did before there
   * was a choice: while it does, hashes are as they were.
   */
  private static DeviceSettings device(Section section) {
    String usual = ConfigSpelling.name(DeviceChoice.CPU);
    String path = section.path("device");
    Effects ofChoice = Effects.on(Artefact.GRADIENT_SETS, Artefact.MODELS).unless(path, usual);
    Effects ofProducts = Effects.on(Artefact.MODELS).unless(path, usual);
    DeviceSettings device =
        new DeviceSettings(
            section.affecting(ofChoice).choice("device", DeviceChoice.class),
            section.affecting(ofProducts).choice("products", ProductPrecision.class));
    section.finish();
    return device;
  }

  private static Optional<String> demoStudy(Section section) {
    String preset = section.text("study", "a preset or none", text -> !text.isBlank());
    section.finish();
    return preset.equals(NO_STUDY) ? Optional.empty() : Optional.of(preset);
  }

  /** The same, with everything kept elsewhere. */
  public GradzooConfig withStorage(StorageConfig other) {
    return new GradzooConfig(
        choices, seed, other, zoo, gradients, splits, device, models, study, demoStudy, tracking,
        effective, warnings);
  }

  private GradzooConfig withWarnings(List<String> others) {
    return new GradzooConfig(
        choices, seed, storage, zoo, gradients, splits, device, models, study, demoStudy, tracking,
        effective, others);
  }

  /** The model in whose block a key stands, if it stands in one. */
  Optional<ModelConfig> modelOf(String path) {
    return models.values().stream()
        .filter(model -> path.startsWith(MODELS + "." + model.name() + "."))
        .findFirst();
  }

  /** The model of that name, if the config has it. */
  public Optional<ModelConfig> model(String name) {
    return Optional.ofNullable(models.get(name));
  }

  /**
   * The model of that name.
   *
   * @throws GradzooException exit code 2 if the config has none
   */
  public ModelConfig requireModel(String name) {
    return model(name)
        .orElseThrow(
            () ->
                GradzooException.usage(
                    Fault.of("models")
                        .expected("one of %s", String.join(", ", models.keySet()))
                        .found(
                            "\"%s\"%s",
                            name, Suggestions.didYouMean(name, List.copyOf(models.keySet())))));
  }

  private static SortedMap<String, ModelConfig> models(
      Section section, ModelChoices choices, ZooConfig zoo, GradientsConfig gradients) {
    SortedMap<String, ModelConfig> models = new TreeMap<>();
    for (String name : section.names()) {
      if (!MODEL_NAME.matcher(name).matches()) {
        section.problem(name, Fault.here().expected("a name of a-z, 0-9, _ and -, a letter first"));
      }
      models.put(
          name,
          ModelConfig.read(
              name, section.section(name), choices, BuiltInFamilies.ALL, zoo, gradients));
    }
    return models;
  }

  /** Lays the defaults of each model's kind and task under it, and takes the defaults away. */
  private static ConfigObject withModelDefaults(ConfigObject root, ModelChoices choices) {
    Kinds kinds = choices.kinds();
    ConfigObject result = root.withoutKey(DEFAULTS);
    if (!(root.get(MODELS) instanceof ConfigObject models)) {
      return result;
    }
    ConfigObject completed = models;
    for (String name : models.keySet()) {
      if (models.get(name) instanceof ConfigObject model
          && model.get("kind") != null
          && root.get(DEFAULTS) instanceof ConfigObject defaults) {
        Set<String> foreign = new HashSet<>(kinds.blocks());
        kinds
            .named(String.valueOf(model.get("kind").unwrapped()))
            .ifPresent(kind -> foreign.removeAll(kind.blocks()));
        foreign.addAll(choices.tasks().blocksBut(task(model.withFallback(defaults))));
        ConfigObject fallback = defaults;
        for (String block : foreign) {
          fallback = fallback.withoutKey(block);
        }
        completed = completed.withValue(name, model.withFallback(fallback));
      }
    }
    return result.withValue(MODELS, completed);
  }

  /** What a model says of its task, whatever it is. */
  private static String task(ConfigObject model) {
    return model.get("task") == null ? "" : String.valueOf(model.get("task").unwrapped());
  }
}
