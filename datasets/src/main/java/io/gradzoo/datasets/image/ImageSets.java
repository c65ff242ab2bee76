package io.gradzoo.datasets.image;

import io.gradzoo.engine.fault.Fault;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The image sets that come with Gradzoo, by name. */
public final class ImageSets {
  private static final Map<String, Supplier<ImageSet>> SETS =
      new TreeMap<>(Map.of("digits", DigitImages::load));

  private ImageSets() {}

  /** The known names, sorted. */
  public static SortedSet<String> names() {
    return new TreeSet<>(SETS.keySet());
  }

  /**
   * Loads a set.
   *
   * @throws IllegalArgumentException naming the known sets, if there is none of this name
   */
  public static ImageSet byName(String name) {
    Supplier<ImageSet> set = SETS.get(name);
    if (set == null) {
      throw Fault.of("image set").expected("one of " + names()).found("'" + name + "'").exception();
    }
    return set.get();
  }
}
