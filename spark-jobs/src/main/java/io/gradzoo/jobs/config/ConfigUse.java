package io.gradzoo.jobs.config;

import io.gradzoo.jobs.config.block.Artefact;
import io.gradzoo.jobs.config.block.Effects;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which keys of a config a command uses: those that its results depend on, as {@link Effects} say,
 * and some that say where things are, or how work is cut. A setting that is given for one command
 * and that it does not use is a mistake; what is wrong with other keys than it uses is none.
 */
public final class ConfigUse {
  /** Places may be named for all commands at once. */
  private static final String PLACES = "storage";

  private static final String IMAGE_FOLDER = "datasets.folder";

  private static final String NAME = "zoo.name";

  /** What trains models. */
  private static final String ENGINE = "engine";

  private static final String CHECKPOINTS = "models.*.training.checkpoint-every";

  /** Where a training is shown, and its evaluation, which takes them from the run. */
  private static final String TRACKING = "tracking";

  /** With what a run is compared when it is evaluated, which its config says. */
  private static final String COMPARED = "models.*.*.compared-*";

  /** What makes the rounds of a training; a study has no such choice. */
  private static final String TRAINER = "models.*.training.trainer";

  /** How networks are read that are changed; a study changes none. */
  private static final String GAUGE = "models.*.scalegmn.gauge";

  /** They affect nothing where they are as trainings always were, and may be given all the same. */
  private static final String[] CHOICES = {
    "models.*.training.optimizer",
    "models.*.training.optimizer-state",
    "models.*.training.outer.optimizer",
    "models.*.training.on-divergence",
    "models.*.training.gradient-accumulation",
    "models.*.training.epochs",
    "models.*.training.patience"
  };

  /** Decides which architectures a zoo may have, whether or not it is trained on images. */
  private static final String IMAGES = "zoo.images";

  private final Set<Artefact> artefacts;
  private final Optional<String> model;
  private final Predicate<ModelConfig> models;
  private final List<String> more;

  private ConfigUse(Set<Artefact> artefacts, Optional<String> model, String... more) {
    this(artefacts, model, each -> model.stream().allMatch(each.name()::equals), more);
  }

  /**
   * @param model the one model that is made of what it reads
   * @param models whose blocks are used
   * @param more patterns of keys that are used beside those that the artefacts depend on
   */
  private ConfigUse(
      Set<Artefact> artefacts,
      Optional<String> model,
      Predicate<ModelConfig> models,
      String... more) {
    this.artefacts = artefacts;
    this.model = model;
    this.models = models;
    this.more = List.of(more);
  }

  /** Of a command that shows every key. */
  public static ConfigUse everything() {
    return new ConfigUse(EnumSet.allOf(Artefact.class), Optional.empty(), "*");
  }

  /** Of a command that takes everything else from a run, or looks at all zoos. */
  public static ConfigUse places() {
    return new ConfigUse(EnumSet.noneOf(Artefact.class), Optional.empty(), PLACES);
  }

  /** Of a command that reads the tables of a zoo as they are. */
  public static ConfigUse tables(String... more) {
    String[] keys = Arrays.copyOf(more, more.length + 2);
    keys[more.length] = PLACES;
    keys[more.length + 1] = NAME;
    return new ConfigUse(EnumSet.noneOf(Artefact.class), Optional.empty(), keys);
  }

  /** Of a command that makes members. */
  public static ConfigUse members() {
    return new ConfigUse(
        EnumSet.of(Artefact.MEMBERS),
        Optional.empty(),
        PLACES,
        NAME,
        IMAGES,
        "zoo.members-per-task",
        "zoo.max-failure-share");
  }

  /** Of a command that takes gradient sets. */
  public static ConfigUse gradientSets() {
    return new ConfigUse(
        EnumSet.of(Artefact.MEMBERS, Artefact.GRADIENT_SETS),
        Optional.empty(),
        PLACES,
        NAME,
        IMAGES,
        "gradients.members-per-task");
  }

  /** Of a command that trains one model. */
  public static ConfigUse model(String name) {
    return new ConfigUse(
        EnumSet.of(Artefact.MEMBERS, Artefact.GRADIENT_SETS, Artefact.MODELS),
        Optional.of(name),
        training(PLACES, NAME, IMAGES, ENGINE, CHECKPOINTS, COMPARED, TRAINER, GAUGE, TRACKING));
  }

  /** Of a command that compares estimates of curvature. */
  public static ConfigUse study() {
    return new ConfigUse(
        EnumSet.of(Artefact.MEMBERS, Artefact.GRADIENT_SETS, Artefact.STUDY),
        Optional.empty(),
        training(PLACES, NAME, IMAGES));
  }

  /** Of a command that shows what was made, beside the config that it was made with. */
  public static ConfigUse report() {
    return new ConfigUse(EnumSet.allOf(Artefact.class), Optional.empty(), PLACES, NAME, IMAGES);
  }

  /** Of a command that makes everything but the config's own study. */
  public static ConfigUse demo() {
    return new ConfigUse(
        EnumSet.of(Artefact.MEMBERS, Artefact.GRADIENT_SETS, Artefact.MODELS),
        Optional.empty(),
        training(
            PLACES,
            NAME,
            IMAGES,
            "zoo.members-per-task",
            "zoo.max-failure-share",
            "gradients.members-per-task",
            ENGINE,
            TRAINER,
            GAUGE,
            CHECKPOINTS,
            COMPARED,
            TRACKING,
            "demo"));
  }

  /** Keys beside those of every command that trains. */
  private static String[] training(String... more) {
    return Stream.concat(Arrays.stream(CHOICES), Arrays.stream(more)).toArray(String[]::new);
  }

  /**
   * Of a command that builds a metanetwork of the config on random members, without training it.
   *
   * @param kind of the metanetwork, and its block
   */
  public static ConfigUse metanetwork(String kind) {
    return new ConfigUse(
        EnumSet.noneOf(Artefact.class),
        Optional.empty(),
        model -> model.kind() == null || model.kind().name().equals(kind),
        "seed",
        IMAGES,
        "zoo.architectures",
        "zoo.recipe.activation",
        "models.*.kind",
        "models.*.members",
        "models.*.activations",
        "models.*." + kind);
  }

  /**
   * Whether it uses a key.
   *
   * @param key below the root, as a layer of the config has it
   */
  boolean includes(String key, GradzooConfig config) {
    EffectiveConfig effective = config.effective();
    String defaults = GradzooConfig.DEFAULTS + ".";
    if (key.startsWith(defaults)) {
      return config.models().keySet().stream()
          .map(name -> GradzooConfig.MODELS + "." + name + "." + key.substring(defaults.length()))
          .anyMatch(path -> effective.has(path) && uses(path, config));
    }
    if (effective.has(key)) {
      return uses(key, config);
    }
    String block = key; // a former name, or no key: what stands in it or in its block decides
    while (!block.isEmpty()) {
      List<String> keys = effective.below(block);
      if (!keys.isEmpty()) {
        return keys.stream().anyMatch(path -> uses(path, config));
      }
      block = block.substring(0, Math.max(block.lastIndexOf('.'), 0));
    }
    return !key.equals(GradzooConfig.MODELS) || usesModels();
  }

  private boolean usesModels() {
    return artefacts.contains(Artefact.MODELS)
        || artefacts.contains(Artefact.STUDY)
        || more.stream().anyMatch(pattern -> pattern.startsWith(GradzooConfig.MODELS + "."));
  }

  private boolean uses(String path, GradzooConfig config) {
    if (config.modelOf(path).filter(models.negate()).isPresent()) {
      return false;
    }
    boolean place = more.contains(PLACES) && matches(IMAGE_FOLDER, path);
    if (place || more.stream().anyMatch(pattern -> matches(pattern, path))) {
      return true;
    }
    Set<Artefact> parts = EnumSet.noneOf(Artefact.class);
    parts.addAll(artefacts);
    if (model.isPresent()
        && config.model(model.get()).filter(ModelConfig::readsGradients).isEmpty()) {
      parts.remove(Artefact.GRADIENT_SETS);
    }
    return config.effective().affects(path, parts);
  }

  /** Whether a path is, or lies below, what a pattern names; {@code *} stands for any name. */
  private static boolean matches(String pattern, String path) {
    String regex = pattern.replace(".", "\\.").replace("*", "[^.]+");
    return path.matches(regex + "(\\..*)?");
  }
}
