package io.gradzoo.engine.network;

import io.gradzoo.engine.fault.Fault;
import java.io.Serializable;

/**
 * Shape of one sample: channels × height × width, stored channel-major. A flat vector of n numbers
 * is {@code n×1×1}.
 */
public record Shape(int channels, int height, int width) implements Serializable {
  public Shape {
    if (channels <= 0 || height <= 0 || width <= 0) {
      throw Fault.of("shape")
          .expected("positive sizes")
          .found("%dx%dx%d", channels, height, width)
          .exception();
    }
  }

  /** A vector of n numbers. */
  public static Shape flat(int n) {
    return new Shape(n, 1, 1);
  }

  /** Number of positions of a channel: height · width. */
  public int positions() {
    return height * width;
  }

  /** Count of numbers in a sample. */
  public int size() {
    return channels * height * width;
  }

  @Override
  public String toString() {
    return positions() == 1 ? Integer.toString(channels) : channels + "x" + height + "x" + width;
  }
}
