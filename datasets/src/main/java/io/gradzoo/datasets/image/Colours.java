package io.gradzoo.datasets.image;

import io.gradzoo.engine.network.Shape;
import java.util.function.IntUnaryOperator;

/** Treatment of the three channels of colour images. Grey images stay as they are. */
public enum Colours {
  /** They stay. */
  KEPT,
  /** Grey: the mean of the channels, as in the small CNN zoo. */
  MEAN,
  /** Grey: 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601). */
  LUMA;

  private static final int RGB = 3;
  private static final float BRIGHTEST = 255f;

  /** The shape of images of this shape as they are read. */
  public Shape convert(Shape stored) {
    return grey(stored.channels()) ? new Shape(1, stored.height(), stored.width()) : stored;
  }

  /** Number of channels that are read from images with this many. */
  int channels(int stored) {
    return grey(stored) ? 1 : stored;
  }

  /**
   * One number of an image as it is read, from -1 to 1.
   *
   * @param stored count of the stored image's channels
   * @param channel of the image as it is read
   * @param values a place's stored values by channel, from 0 to 255
   */
  float value(int stored, int channel, IntUnaryOperator values) {
    if (!grey(stored)) {
      return 2f * values.applyAsInt(channel) / BRIGHTEST - 1f;
    }
    int red = values.applyAsInt(0);
    int green = values.applyAsInt(1);
    int blue = values.applyAsInt(2);
    return this == MEAN
        ? 2f * (red + green + blue) / (RGB * BRIGHTEST) - 1f
        : 2f * (299 * red + 587 * green + 114 * blue) / (1000f * BRIGHTEST) - 1f;
  }

  private boolean grey(int stored) {
    return this != KEPT && stored == RGB;
  }
}
