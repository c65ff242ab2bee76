package io.gradzoo.jobs.zoo;

import io.gradzoo.datasets.image.Colours;
import io.gradzoo.datasets.image.FoundImages;
import io.gradzoo.datasets.image.ImageForm;
import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.datasets.image.ImageSets;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.ZooConfig;
import io.gradzoo.jobs.family.registry.BuiltInFamilies;
import io.gradzoo.jobs.table.TableProperties;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The images of a zoo, divided the same way for every job. */
public final class ZooImages {
  /** The key under which the hash of the images stands with a members table. */
  static final String CONTENT = "images-sha256";

  private static Read last;

  private ZooImages() {}

  /** Images that this process has read, for as long as there is memory to keep them. */
  private record Read(
      String set, String folder, Colours colours, SoftReference<FoundImages> images) {
    boolean is(ZooConfig zoo) {
      return set.equals(zoo.images())
          && folder.equals(zoo.imageFolder())
          && colours == zoo.colours();
    }
  }

  /**
   * A zoo as its commands find it: of members that were imported, the images that their table names
   * count, and the config's architectures do not.
   *
   * @param members what is stored with their table
   * @throws GradzooException exit code 2 if the config names other images than the table
   */
  public static ZooConfig of(ZooConfig zoo, TableProperties members) {
    if (members.source().isEmpty()) {
      return zoo;
    }
    String images = zoo.hasImages() ? members.images().orElse(zoo.images()) : zoo.images();
    if (zoo.namesImages() && !zoo.images().equals(images)) {
      throw GradzooException.usage(
          Fault.of("zoo.images")
              .expected("%s, the images of the imported members of %s", images, zoo.name())
              .found(zoo.images())
              .fix(
                  "leave zoo.images out: the table names them; none leaves out what needs images"));
    }
    return zoo.onImages(images, zoo.colours(), zoo.imageTrainShare());
  }

  /**
   * Refuses images that members cannot read.
   *
   * @param seed that divides the set
   * @param members their architectures
   * @throws GradzooException exit code 2 naming a network that does not fit
   */
  public static void requireReadable(ZooConfig zoo, long seed, Collection<Architecture> members) {
    ImageSet form = divided(zoo, seed).test();
    for (Architecture architecture : members) {
      try {
        BuiltInFamilies.of(architecture)
            .requireTrainable(architecture, zoo.images(), form.shape(), form.classes());
      } catch (IllegalArgumentException e) {
        throw GradzooException.usage(
            Fault.of("zoo.images")
                .at(zoo.images())
                .expected("the images that the members of %s were tested on", zoo.name())
                .because(e)
                .fix("--set zoo.images=… names others, none leaves out what needs images"));
      }
    }
  }

  /**
   * What the members are trained on, and what they are tested on.
   *
   * @throws GradzooException exit code 2 if the zoo has no images, or its networks cannot read them
   * @throws io.gradzoo.datasets.DataException if a file is missing or damaged
   */
  public static ImageSet.Division divided(ZooConfig zoo, long seed) {
    require(zoo);
    FoundImages found = read(zoo);
    zoo.requireReads(new ImageForm(found.images().shape(), found.images().classes()));
    return found.divide(seed, zoo.imageTrainShare());
  }

  /**
   * Images that networks are fitted to: those to train on, then those to test on.
   *
   * @throws GradzooException exit code 2 if the zoo has none, or its networks do not fit them
   * @throws io.gradzoo.datasets.DataException if a file is missing or damaged
   */
  static FoundImages whole(ZooConfig zoo) {
    require(zoo);
    FoundImages found = read(zoo);
    zoo.requireReads(new ImageForm(found.images().shape(), found.images().classes()));
    return found;
  }

  /**
   * Refuses images that the members cannot be made of.
   *
   * @throws GradzooException exit code 2 if there are none or too few, or the networks do not fit
   * @throws io.gradzoo.datasets.DataException if a file is missing or damaged
   */
  static void require(ZooConfig zoo, long seed) {
    if (zoo.source() == ZooConfig.Source.TRAINED) {
      divided(zoo, seed);
      return;
    }
    FoundImages found = whole(zoo);
    int count = found.images().size() + found.test().map(ImageSet::size).orElse(0);
    if (zoo.runs() > count) {
      throw GradzooException.usage(
          Fault.of("zoo.runs")
              .expected("at most %d, the images of %s", count, zoo.images())
              .found(zoo.runs()));
    }
  }

  /** Bytes of all images in memory. */
  static long bytes(ZooConfig zoo) {
    FoundImages found = read(zoo);
    long numbers = found.images().pixels().length;
    numbers += found.test().map(set -> set.pixels().length).orElse(0);
    return Float.BYTES * numbers;
  }

  /** What should be known of the files, one line each. */
  static List<String> notes(ZooConfig zoo) {
    return read(zoo).notes();
  }

  /** What tells the images of a zoo from others. */
  static String contentHash(ZooConfig zoo) {
    return read(zoo).contentHash();
  }

  /** Identity of the images that members were trained on, if they are known. */
  static Optional<String> contentHash(TableProperties members) {
    return Optional.ofNullable(members.more().get(CONTENT));
  }

  /** The same with the identity of these images. */
  static TableProperties described(ZooConfig zoo, TableProperties properties) {
    return properties.with(CONTENT, contentHash(zoo));
  }

  /**
   * Refuses images that are not those that the members were trained on.
   *
   * @param members what is stored with their table; if it does not say, they are taken
   * @throws GradzooException exit code 3
   */
  public static void requireSame(ZooConfig zoo, TableProperties members) {
    String expected = members.more().get(CONTENT);
    String found = expected == null ? null : read(zoo).contentHash();
    if (!Objects.equals(expected, found)) {
      throw GradzooException.data(
          Fault.of("images")
              .at(zoo.images())
              .expected("those that %s was trained on, of SHA-256 %s", zoo.name(), expected)
              .found(found)
              .fix("bring back the files in datasets.folder, or make the zoo anew"));
    }
  }

  /** Tasks of one process share what the first of them read. */
  private static synchronized FoundImages read(ZooConfig zoo) {
    FoundImages known = last != null && last.is(zoo) ? last.images().get() : null;
    if (known != null) {
      return known;
    }
    last = null;
    FoundImages found =
        ImageSets.named(zoo.images()).read(Path.of(zoo.imageFolder()), zoo.colours());
    last = new Read(zoo.images(), zoo.imageFolder(), zoo.colours(), new SoftReference<>(found));
    return found;
  }

  /**
   * Refuses a zoo without images.
   *
   * @throws GradzooException exit code 2
   */
  static void require(ZooConfig zoo) {
    if (!zoo.hasImages()) {
      throw GradzooException.usage(
          Fault.of("zoo.images")
              .expected(
                  "one of %s to make %s from", String.join(", ", ImageSets.names()), zoo.name())
              .found("\"%s\"", zoo.images())
              .fix(
                  zoo.source() == ZooConfig.Source.RANDOM
                      ? "set gradients.probe = points"
                      : "bring the zoo from where its members were trained"));
    }
  }
}
