package io.gradzoo.datasets.image;

import io.gradzoo.datasets.Place;
import io.gradzoo.engine.network.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The binary batches of CIFAR-10: records of a label and 3 × 32 × 32 bytes, red, green and blue one
 * after the other, row by row.
 */
final class CifarImages {
  static final Shape SHAPE = new Shape(3, 32, 32);
  static final int CLASSES = 10;
  private static final int RECORD = 1 + SHAPE.size();

  /** A published batch has 10,000 images. */
  private static final long LONGEST = 1 << 28;

  private CifarImages() {}

  /**
   * Reads batches.
   *
   * @throws io.gradzoo.datasets.DataException if one is no whole number of records, or a label is
   *     none
   */
  static StoredImages read(List<Path> files) {
    List<byte[]> batches = new ArrayList<>();
    List<int[]> places = new ArrayList<>();
    int[] labels = {};
    for (Path file : files) {
      byte[] batch = batch(file);
      int count = batch.length / RECORD;
      Place place = Place.of("cifar10", file);
      int[] more = LabelChecks.of(place, count, CLASSES, image -> batch[image * RECORD] & 0xff);
      for (int image = 0; image < count; image++) {
        places.add(new int[] {batches.size(), image * RECORD + 1});
      }
      int before = labels.length;
      labels = Arrays.copyOf(labels, before + count);
      System.arraycopy(more, 0, labels, before, count);
      batches.add(batch);
    }
    return new StoredImages(
        SHAPE,
        CLASSES,
        labels,
        (image, channel, row, column) -> {
          int[] at = places.get(image);
          int offset = (channel * SHAPE.height() + row) * SHAPE.width() + column;
          return batches.get(at[0])[at[1] + offset] & 0xff;
        });
  }

  private static byte[] batch(Path file) {
    Place place = Place.of("cifar10", file);
    try {
      if (!Files.isRegularFile(file)) {
        throw place.fault("a file", "a folder or device", "give the folder of the batches");
      }
      long size = Files.size(file);
      if (size == 0 || size % RECORD != 0 || size > LONGEST) {
        throw place.fault(
            "records of " + RECORD + " bytes", size + " bytes", "fetch the binary version again");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw place.unreadable(e);
    }
  }
}
