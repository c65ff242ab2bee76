package io.gradzoo.datasets.image;

import io.gradzoo.datasets.Place;
import io.gradzoo.datasets.format.ByteArray;
import io.gradzoo.datasets.format.IdxReader;
import io.gradzoo.engine.network.Shape;
import java.nio.file.Path;
import java.util.List;

/** Grey images in one idx file and their labels in another, as MNIST has them. */
final class IdxImages {
  private static final int IMAGE_AXES = 3;

  private IdxImages() {}

  /**
   * Reads both files.
   *
   * @param shape that the images must have
   * @throws io.gradzoo.datasets.DataException if a file is damaged, or they do not belong together
   */
  static StoredImages read(Path imageFile, Path labelFile, Shape shape, int classes) {
    ByteArray images = IdxReader.read(imageFile, IMAGE_AXES);
    ByteArray labels = IdxReader.read(labelFile, 1);
    List<Integer> expected = List.of(labels.values().length, shape.height(), shape.width());
    if (!images.shape().equals(expected)) {
      throw Place.of("idx", imageFile)
          .fault(
              "images×height×width " + expected + ", as many as there are labels",
              images.shape().toString(),
              "fetch both files again");
    }
    return new StoredImages(
        shape,
        classes,
        LabelChecks.of(Place.of("idx", labelFile), labels.values().length, classes, labels::at),
        (image, channel, row, column) ->
            images.at((image * shape.height() + row) * shape.width() + column));
  }
}
