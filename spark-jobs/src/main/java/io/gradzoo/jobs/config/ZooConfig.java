package io.gradzoo.jobs.config;

import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.datasets.image.ImageSets;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.jobs.config.block.Artefact;
import io.gradzoo.jobs.config.block.Effects;
import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.family.MemberFamily;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A zoo of networks.
 *
 * @param name of its tables' namespace
 * @param source where its members come from
 * @param images name of the image set its members are trained on, or {@link #NO_IMAGES}
 * @param imageTrainShare share of the images to train on; members are tested on the others
 * @param runs number of training runs; each draws an architecture and a recipe. Each member of a
 *     random zoo is a run of its own
 * @param architectures texts without the activation, such as {@code 64:dense16:dense10}; with it in
 *     a random zoo, such as {@code sine1:1:dense32:dense1}; of transformers the whole text
 * @param epochs of every run
 * @param checkpoints epochs after which a run yields a member; 0 is the untrained network
 * @param batchSize samples a training step
 * @param recipe what hyperparameters are drawn from
 * @param maxFailureShare share of members that may fail or diverge before nothing is published
 * @param membersPerTask runs a Spark task works through; how the work is cut, not what comes out
 */
public record ZooConfig(
    String name,
    Source source,
    String images,
    double imageTrainShare,
    int runs,
    List<String> architectures,
    int epochs,
    List<Integer> checkpoints,
    int batchSize,
    RecipeConfig recipe,
    double maxFailureShare,
    int membersPerTask)
    implements Serializable {
  /** Where a zoo's members come from. */
  public enum Source {
    /** They are trained on images. */
    TRAINED,
    /** They are untrained: every weight and bias is drawn from the unit normal distribution. */
    RANDOM
  }

  /** In place of an image set: the members were trained elsewhere, or see no images. */
  public static final String NO_IMAGES = "none";

  /** What a zoo's name may be. */
  public static final String NAMES = "a name of a-z, 0-9 and _, a letter first";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  static ZooConfig read(Section section) {
    Section trained = section.affecting(whileTrained(section));
    Section ofImages = section.affecting(whileTrained(section).and(GradientsConfig.OF_IMAGES));
    Section nothing = section.affecting(Effects.NONE);
    String images = ofImages.word("images", imageSets());
    Source source = section.choice("source", Source.class);
    int epochs = trained.count("epochs", 1, 100_000);
    ZooConfig zoo =
        new ZooConfig(
            nothing.text("name", NAMES, ZooConfig::named),
            source,
            images,
            ofImages.number("image-train-share", 0.01, 0.99),
            section.count("runs", 1, 10_000_000),
            architectures(section, images, source),
            epochs,
            trained.increasingCounts("checkpoints", 0, 100_000),
            trained.count("batch-size", 1, 1_000_000),
            RecipeConfig.read(trained.section("recipe")),
            nothing.number("max-failure-share", 0, 1),
            nothing.count("members-per-task", 1, 1_000_000));
    if (!section.wrong("epochs") && zoo.checkpoints.stream().anyMatch(epoch -> epoch > epochs)) {
      section.problem(
          "checkpoints",
          Fault.here().expected("epochs up to %d (zoo.epochs)", epochs).found(zoo.checkpoints));
    }
    section.finish();
    return zoo;
  }

  /** Members of a random zoo are drawn without regard to how others are trained. */
  private static Effects whileTrained(Section section) {
    return Effects.on(Artefact.MEMBERS).onlyWith(section.path("source"), Source.TRAINED);
  }

  /** Whether some architecture of this zoo is of the family. */
  boolean has(MemberFamily family) {
    return architectures.stream().anyMatch(text -> family.has(parse(text, source)));
  }

  /** Whether a zoo may have this name. */
  public static boolean named(String text) {
    return NAME.matcher(text).matches();
  }

  /** Whether there are images: to train members on, or to take gradient sets on. */
  public boolean hasImages() {
    return !images.equals(NO_IMAGES);
  }

  private static SortedSet<String> imageSets() {
    SortedSet<String> names = new TreeSet<>(ImageSets.names());
    names.add(NO_IMAGES);
    return names;
  }

  /**
   * Refuses members that cannot be made, or cannot read the images.
   *
   * @throws IllegalArgumentException naming what does not fit
   */
  private static void requireFit(
      Architecture architecture, String imageSet, ImageSet images, Source source) {
    MemberFamily family = BuiltInFamilies.of(architecture);
    if (source == Source.RANDOM) {
      family.requireRandom(architecture);
    }
    if (images != null) {
      family.requireTrainable(architecture, imageSet, images.shape(), images.classes());
    }
  }

  /** Where the text leaves the activation to the recipe, any does. */
  private static Architecture parse(String text, Source source) {
    boolean whole = source == Source.RANDOM || Architectures.namesActivation(text);
    return Architectures.parse(whole ? text : "relu:" + text);
  }

  private static List<String> architectures(Section section, String imageSet, Source source) {
    if (section.wrong("images")) {
      return section.texts("architectures", "layouts");
    }
    ImageSet images = imageSet.equals(NO_IMAGES) ? null : ImageSets.byName(imageSet);
    String expected =
        source == Source.RANDOM
            ? "networks such as sine1:1:dense32:dense1"
            : "layouts such as 64:dense16:dense10";
    List<String> valid = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String text : section.texts("architectures", expected)) {
      try {
        Architecture architecture = parse(text, source);
        requireFit(architecture, imageSet, images, source);
        if (!seen.add(architecture.id())) {
          section.problem(
              "architectures", Fault.here().found("\"" + text + "\" stands here twice"));
        } else {
          valid.add(text);
        }
      } catch (IllegalArgumentException | ArithmeticException e) {
        String reason = String.valueOf(e.getMessage()).replaceFirst("^architecture '[^']*': ", "");
        section.problem("architectures", Fault.here().at("\"" + text + "\"").found(reason));
      }
    }
    return List.copyOf(valid);
  }
}
