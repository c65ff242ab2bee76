package io.gradzoo.jobs.zoo;

import io.gradzoo.datasets.image.FoundImages;
import io.gradzoo.datasets.image.ImageSet;
import io.gradzoo.engine.network.Shape;

/**
 * Images as functions that networks are fitted to: they read (row, column), the middles of pixels
 * evenly from −1 to 1, and are to give x / 2 of the pixel x. Images to train on come first, then
 * those to test on.
 */
record RepresentedImages(FoundImages images) {

  /** Shape of every image. */
  Shape shape() {
    return images.images().shape();
  }

  /** How many there are. */
  int size() {
    return trained() + images.test().map(ImageSet::size).orElse(0);
  }

  /** How many there are to train on. */
  int trained() {
    return images.images().size();
  }

  int label(int image) {
    return set(image).labels()[indexInSet(image)];
  }

  /** Places of pixels, row by row: [pixels, 2]. */
  float[] points() {
    Shape shape = shape();
    float[] points = new float[2 * shape.positions()];
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        int at = 2 * (row * shape.width() + column);
        points[at] = place(row, shape.height());
        points[at + 1] = place(column, shape.width());
      }
    }
    return points;
  }

  /** What networks are to give, place by place: [pixels, channels]. */
  float[] values(int image) {
    ImageSet set = set(image);
    Shape shape = shape();
    int first = indexInSet(image) * shape.size();
    float[] values = new float[shape.size()];
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int place = 0; place < shape.positions(); place++) {
        float x = set.pixels()[first + channel * shape.positions() + place];
        values[place * shape.channels() + channel] = x / 2;
      }
    }
    return values;
  }

  private static float place(int index, int count) {
    return count == 1 ? 0 : (float) (-1 + 2.0 * index / (count - 1));
  }

  private ImageSet set(int image) {
    return image < trained() ? images.images() : images.test().orElseThrow();
  }

  private int indexInSet(int image) {
    return image < trained() ? image : image - trained();
  }
}
