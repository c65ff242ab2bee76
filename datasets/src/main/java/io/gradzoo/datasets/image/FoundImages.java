package io.gradzoo.datasets.image;

import io.gradzoo.datasets.split.ContentHash;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * An image set as its files are.
 *
 * @param images all images, or those to train on
 * @param test those to test on, if the files say which
 * @param notes what should be known of the files, one line each
 */
public record FoundImages(ImageSet images, Optional<ImageSet> test, List<String> notes) {
  public FoundImages {
    notes = List.copyOf(notes);
  }

  /** Hex hash of all pixels and labels: two sets of equal hash are equal. */
  public String contentHash() {
    ContentHash.Row row = new ContentHash.Row();
    add(row, images);
    test.ifPresent(set -> add(row, set));
    return HexFormat.of().formatHex(row.hash());
  }

  private static void add(ContentHash.Row row, ImageSet set) {
    row.add(set.shape().toString()).add(set.classes()).add(set.size()).add(set.pixels());
    for (int label : set.labels()) {
      row.add(label);
    }
  }

  /** Of files that say nothing of testing. */
  static FoundImages whole(ImageSet images) {
    return new FoundImages(images, Optional.empty(), List.of());
  }

  /**
   * Images to train on and to test on: as the files divide them, else by {@link ImageSet#divide}.
   * Indices of test images that the files divide count from the first of these.
   *
   * @param trainShare has no effect if the files divide the images
   */
  public ImageSet.Division divide(long seed, double trainShare) {
    if (test.isEmpty()) {
      return images.divide(seed, trainShare);
    }
    int[] indices = new int[test.get().size()];
    Arrays.setAll(indices, i -> i);
    return new ImageSet.Division(images, test.get(), indices);
  }
}
