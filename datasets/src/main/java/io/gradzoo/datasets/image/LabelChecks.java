package io.gradzoo.datasets.image;

import io.gradzoo.datasets.Place;
import java.util.function.IntToDoubleFunction;

/** Checks labels that were read. */
final class LabelChecks {
  private LabelChecks() {}

  /**
   * Labels from 0 to classes - 1.
   *
   * @param stored the label of an image
   * @throws io.gradzoo.datasets.DataException if one is another number
   */
  static int[] of(Place place, int count, int classes, IntToDoubleFunction stored) {
    int[] labels = new int[count];
    for (int image = 0; image < count; image++) {
      double label = stored.applyAsDouble(image);
      if (!(label >= 0 && label < classes && label == Math.rint(label))) {
        throw place.fault(
            "labels from 0 to " + (classes - 1),
            label + " of image " + image,
            "fetch the file again");
      }
      labels[image] = (int) label;
    }
    return labels;
  }
}
