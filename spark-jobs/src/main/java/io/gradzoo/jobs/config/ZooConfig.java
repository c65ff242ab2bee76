package io.gradzoo.jobs.config;

import io.gradzoo.datasets.image.Colours;
import io.gradzoo.datasets.image.ImageForm;
import io.gradzoo.datasets.image.ImageSets;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LastStep;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.block.Artefact;
import io.gradzoo.jobs.config.block.Effects;
import io.gradzoo.jobs.config.block.Section;
import io.gradzoo.jobs.family.MemberFamily;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
 * @param colours what becomes of the channels of colour images
 * @param imageFolder folder of the image sets that do not come with Gradzoo
 * @param imageTrainShare share of the images to train on; members are tested on the others. Of no
 *     effect where the set's files say which are which
 * @param runs number of training runs; each draws an architecture and a recipe. Each member of a
 *     random zoo is a run of its own; of a fitted one, all networks of an image are
 * @param initializations networks that are fitted to each image
 * @param architectures texts without the activation, such as {@code 64:dense16:dense10}; with it in
 *     a random zoo, such as {@code sine1:1:dense32:dense1}; of transformers the whole text
 * @param epochs of every run
 * @param checkpoints epochs after which a run yields a member; 0 is the untrained network
 * @param batchSize samples a training step
 * @param lastStep what becomes of an epoch's samples that are too few for a batch
 * @param recipe what hyperparameters are drawn from
 * @param maxFailureShare share of members that may fail or diverge before nothing is published
 * @param membersPerTask runs a Spark task works through; how the work is cut, not what comes out
 */
public record ZooConfig(
    String name,
    Source source,
    String images,
    Colours colours,
    String imageFolder,
    double imageTrainShare,
    int runs,
    int initializations,
    List<String> architectures,
    int epochs,
    List<Integer> checkpoints,
    int batchSize,
    LastStep lastStep,
    RecipeConfig recipe,
    double maxFailureShare,
    int membersPerTask)
    implements Serializable {
  /** The source of a zoo's members. */
  public enum Source {
    /** They are trained on images. */
    TRAINED,
    /** Each is fitted to an image of its own, as a function of places. */
    FITTED,
    /** They are untrained: every weight and bias is drawn from the unit normal distribution. */
    RANDOM
  }

  /** In place of an image set: the members were trained elsewhere, or see no images. */
  public static final String NO_IMAGES = "none";

  /** What a zoo's name may be. */
  public static final String NAMES = "a name of a-z, 0-9 and _, a letter first";

  /** Those of a config that names none. A zoo that was made elsewhere may have any. */
  private static final List<String> UNSAID =
      ConfigLayers.reference().getStringList(ConfigLayers.ROOT + ".zoo.architectures");

  private static final String UNSAID_IMAGES =
      ConfigLayers.reference().getString(ConfigLayers.ROOT + ".zoo.images");

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  /**
   * Reads the block.
   *
   * @param imageFolder folder of the image sets that do not come with Gradzoo
   */
  static ZooConfig read(Section section, String imageFolder) {
    Section learned = section.affecting(whileLearned(section));
    Section trained = section.affecting(onlyWhile(section, Source.TRAINED));
    Section ofImages = section.affecting(whileLearned(section).and(GradientsConfig.OF_IMAGES));
    Section divided =
        section.affecting(onlyWhile(section, Source.TRAINED).and(GradientsConfig.OF_IMAGES));
    Section nothing = section.affecting(Effects.NONE);
    String images = ofImages.word("images", imageSets());
    Colours colours =
        section
            .affecting(Effects.on(Artefact.MEMBERS).onlyWith(section.path("images"), inColour()))
            .choice("colours", Colours.class);
    Source source = section.choice("source", Source.class);
    int epochs = learned.count("epochs", 1, 100_000);
    ZooConfig zoo =
        new ZooConfig(
            nothing.text("name", NAMES, ZooConfig::named),
            source,
            images,
            colours,
            imageFolder,
            divided.number("image-train-share", 0.01, 0.99),
            section.count("runs", 1, 10_000_000),
            section
                .affecting(onlyWhile(section, Source.FITTED))
                .count("initializations", 1, 10_000),
            architectures(section, images, colours, source),
            epochs,
            learned.increasingCounts("checkpoints", 0, 100_000),
            trained.count("batch-size", 1, 1_000_000),
            trained.choice("last-step", LastStep.class),
            RecipeConfig.read(learned.section("recipe"), onlyWhile(section, Source.TRAINED)),
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
  private static Effects whileLearned(Section section) {
    return onlyWhile(section, Source.TRAINED).and(onlyWhile(section, Source.FITTED));
  }

  private static Effects onlyWhile(Section section, Source source) {
    return Effects.on(Artefact.MEMBERS).onlyWith(section.path("source"), source);
  }

  /** Whether some architecture of this zoo is of the family. */
  boolean has(MemberFamily family) {
    return architectures.stream().anyMatch(text -> family.has(parse(text, source)));
  }

  /** Whether the config's architectures, if it has any, leave room for the family. */
  boolean mayHave(MemberFamily family) {
    return architectures.isEmpty() || architectures.equals(UNSAID) || has(family);
  }

  /** Whether a zoo may have this name. */
  public static boolean named(String text) {
    return NAME.matcher(text).matches();
  }

  /** The same networks, whatever they read, on other images. */
  public ZooConfig onImages(String set, Colours grey, double trainShare) {
    return new ZooConfig(
        name,
        source,
        set,
        grey,
        imageFolder,
        trainShare,
        runs,
        initializations,
        List.of(),
        epochs,
        checkpoints,
        batchSize,
        lastStep,
        recipe,
        maxFailureShare,
        membersPerTask);
  }

  /** How many members a run yields, whatever becomes of them. */
  public int membersOfARun() {
    return switch (source) {
      case TRAINED -> checkpoints.size();
      case FITTED -> checkpoints.size() * initializations;
      case RANDOM -> 1;
    };
  }

  /** Whether members are made of images. */
  public boolean readsImages() {
    return source != Source.RANDOM;
  }

  /** Whether the config asks for other images than a config that names none. */
  public boolean namesImages() {
    return hasImages() && !images.equals(UNSAID_IMAGES);
  }

  /** Whether there are images: to train members on, or to take gradient sets on. */
  public boolean hasImages() {
    return !images.equals(NO_IMAGES);
  }

  /** Sets whose images have colours, or may have. */
  private static List<String> inColour() {
    return ImageSets.names().stream()
        .filter(
            name ->
                ImageSets.named(name).form().stream()
                    .noneMatch(form -> form.shape().channels() == 1))
        .toList();
  }

  /**
   * Refuses images that the zoo's architectures cannot read, for sets whose files alone say what
   * their images are.
   *
   * @throws GradzooException exit code 2 naming an architecture that does not fit
   */
  public void requireReads(ImageForm form) {
    for (String text : architectures) {
      try {
        requireFit(parse(text, source), images, Optional.of(form), source);
      } catch (IllegalArgumentException e) {
        throw GradzooException.usage(
            Fault.of("zoo.architectures").at("\"" + text + "\"").found(e.getMessage()));
      }
    }
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
      Architecture architecture, String imageSet, Optional<ImageForm> images, Source source) {
    MemberFamily family = BuiltInFamilies.of(architecture);
    if (source == Source.RANDOM) {
      family.requireRandom(architecture);
    }
    if (source == Source.FITTED) {
      family.requireFitted(architecture, images.map(ImageForm::shape));
    } else if (images.isPresent()) {
      ImageForm form = images.get();
      family.requireTrainable(architecture, imageSet, form.shape(), form.classes());
    }
  }

  /** Where the text leaves the activation to the recipe, any does. */
  private static Architecture parse(String text, Source source) {
    boolean whole = source != Source.TRAINED || Architectures.namesActivation(text);
    return Architectures.parse(whole ? text : "relu:" + text);
  }

  private static List<String> architectures(
      Section section, String imageSet, Colours colours, Source source) {
    if (section.wrong("images") || section.wrong("colours")) {
      return section.texts("architectures", "layouts");
    }
    Optional<ImageForm> images =
        imageSet.equals(NO_IMAGES)
            ? Optional.empty()
            : ImageSets.named(imageSet).form().map(form -> form.with(colours));
    String expected =
        source != Source.TRAINED
            ? "networks such as sine1:1:dense32:dense1"
            : "layouts such as 64:dense16:dense10";
    List<String> valid = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    List<String> written = section.texts("architectures", expected);
    for (String text : written) {
      try {
        Architecture architecture = parse(text, source);
        if (!written.equals(UNSAID)) {
          requireFit(architecture, imageSet, images, source);
        }
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
