package io.gradzoo.datasets.image;

import java.nio.file.Path;
import java.util.Optional;

/** An image set by its name: what is known of it before its files are read, and how they are. */
public interface ImageSource {
  /** The name in configs, and of the set's folder. */
  String name();

  /** The form of the stored images; empty if only the files say it. */
  Optional<ImageForm> form();

  /** Whether the files say which images to train on and which to test on. */
  boolean divided();

  /**
   * Reads the set.
   *
   * @param folder of all image sets
   * @throws io.gradzoo.datasets.DataException if a file is missing, naming where to get it, or is
   *     damaged
   */
  FoundImages read(Path folder, Colours colours);
}
