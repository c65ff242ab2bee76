package io.gradzoo.datasets.image;

import io.gradzoo.engine.network.Shape;

/**
 * Images as a file holds them, before they are read as numbers.
 *
 * @param shape of an image
 * @param classes count of classes
 * @param labels [images], from 0 to classes - 1
 * @param values what is stored
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one reading, never compared
record StoredImages(Shape shape, int classes, int[] labels, StoredValues values) {

  /** Stored values, from 0 to 255. */
  @FunctionalInterface
  interface StoredValues {
    int at(int image, int channel, int row, int column);
  }

  /** The images as numbers from -1 to 1. */
  ImageSet read(Colours colours) {
    Shape read = colours.convert(shape);
    float[] pixels = new float[Math.multiplyExact(labels.length, read.size())];
    int next = 0;
    for (int image = 0; image < labels.length; image++) {
      for (int channel = 0; channel < read.channels(); channel++) {
        for (int row = 0; row < read.height(); row++) {
          for (int column = 0; column < read.width(); column++) {
            pixels[next++] = pixel(colours, image, channel, row, column);
          }
        }
      }
    }
    return new ImageSet(read, classes, pixels, labels);
  }

  private float pixel(Colours colours, int image, int channel, int row, int column) {
    return colours.value(
        shape.channels(), channel, stored -> values.at(image, stored, row, column));
  }
}
