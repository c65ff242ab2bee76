package io.gradzoo.datasets.image;

import io.gradzoo.engine.fault.Fault;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The image sets that Gradzoo knows, by name. Only {@code digits} come with it. */
public final class ImageSets {
  private static final PublishedFiles MNIST =
      new PublishedFiles(
          "mnist",
          "get the four files of MNIST from https://ossci-datasets.s3.amazonaws.com/mnist/",
          Set.of(
              "f68b3c2dcbeaaa9fbdd348bbdeb94873",
              "d53e105ee54ea40749a09fcbcd1e9432",
              "9fb629c4189551a2d022fa330f9573f3",
              "ec29112dd5afa0611ce80d1b7f02629c",
              "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
              "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
              "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
              "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));
  private static final PublishedFiles FASHION_MNIST =
      new PublishedFiles(
          "fashion_mnist",
          "get its four gzip files from https://github.com/zalandoresearch/fashion-mnist",
          Set.of(
              "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
              "25c81989df183df01b3e8a0aad5dffbe",
              "bef4ecab320f06d8554ea6380940ec79",
              "bb300cfdad3c16e7a12a480ee83cd310"));
  private static final PublishedFiles CIFAR10 =
      new PublishedFiles(
          "cifar10",
          "unpack the binary version from https://www.cs.toronto.edu/~kriz/cifar.html",
          Set.of());
  private static final PublishedFiles SVHN =
      new PublishedFiles(
          "svhn",
          "get format 2 (cropped digits) from http://ufldl.stanford.edu/housenumbers",
          Set.of("e26dedcc434d2e4c54c9b2d4a06d8373", "eb5a983be6a315427106f1b164d9cef3"));
  private static final SortedMap<String, ImageSource> SETS = sets();

  private ImageSets() {}

  /** The known names, sorted. */
  public static SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(SETS.keySet()));
  }

  /**
   * A set.
   *
   * @throws IllegalArgumentException naming the known sets, if there is none of this name
   */
  public static ImageSource named(String name) {
    ImageSource set = SETS.get(name);
    if (set == null) {
      throw Fault.of("image set").expected("one of " + names()).found("'" + name + "'").exception();
    }
    return set;
  }

  private static SortedMap<String, ImageSource> sets() {
    SortedMap<String, ImageSource> sets = new TreeMap<>();
    Stream.of(
            new DigitSource("digits"),
            new IdxSource(MNIST),
            new IdxSource(FASHION_MNIST),
            new CifarSource(CIFAR10),
            new SvhnSource(SVHN),
            new PngSource("png"))
        .forEach(set -> sets.put(set.name(), set));
    return sets;
  }
}
