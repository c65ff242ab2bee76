package io.gradzoo.datasets.image;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.MatArray;
import io.gradzoo.datasets.format.MatReader;
import io.gradzoo.engine.network.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Format 2 of the street view house numbers (SVHN): a MATLAB file with images X [32, 32, 3, N], the
 * first axis fastest, and their digits y [N, 1], 10 for zero.
 */
final class SvhnImages {
  static final Shape SHAPE = new Shape(3, 32, 32);
  static final int CLASSES = 10;
  private static final String IMAGES = "X";
  private static final String DIGITS = "y";
  private static final String FIX = "fetch the cropped digits (format 2) again";

  private SvhnImages() {}

  /**
   * Reads a file.
   *
   * @throws io.gradzoo.datasets.DataException if it is damaged, or has no such arrays
   */
  static StoredImages read(Path file) {
    Place place = Place.of("svhn", file);
    Map<String, MatArray> arrays = MatReader.read(file, Set.of(IMAGES, DIGITS));
    for (String name : List.of(IMAGES, DIGITS)) {
      if (!arrays.containsKey(name)) {
        throw place.fault("an array of numbers " + name, "none", FIX);
      }
    }
    MatArray images = arrays.get(IMAGES);
    MatArray digits = arrays.get(DIGITS);
    int count = digits.size();
    requireShape(place, IMAGES, images, List.of(32, 32, 3, count), List.of(32, 32, 3));
    requireShape(place, DIGITS, digits, List.of(count, 1), List.of());
    int[] labels =
        LabelChecks.of(
            place,
            count,
            CLASSES,
            image -> digits.at(image) == 10 ? 0 : positive(digits.at(image)));
    return new StoredImages(
        SHAPE,
        CLASSES,
        labels,
        (image, channel, row, column) -> {
          int at = row + 32 * (column + 32 * (channel + 3 * image));
          return (int) images.at(at);
        });
  }

  /** Zero is written as 10. */
  private static double positive(double digit) {
    return digit > 0 ? digit : -1;
  }

  /** MATLAB drops a last axis of size 1. */
  private static void requireShape(
      Place place, String name, MatArray array, List<Integer> shape, List<Integer> ofOne) {
    boolean one = array.size() > 0 && array.shape().equals(ofOne) && shape.get(3) == 1;
    boolean bytes = !name.equals(IMAGES) || array.holdsBytes();
    if (!(array.shape().equals(shape) || one) || !bytes) {
      throw place.fault(
          name + " of shape " + shape + (name.equals(IMAGES) ? " in bytes" : ""),
          array.shape() + " " + array.type(),
          FIX);
    }
  }
}
