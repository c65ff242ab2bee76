package io.gradzoo.engine.network;

import io.gradzoo.engine.fault.Fault;

/** One stage of a target network, in the order in which the data flows. */
public sealed interface Layer {

  /** Fully connected: {@code u = W a + b}, W [units, inputs]; it reads its input flattened. */
  record Dense(int units) implements Layer {
    public Dense {
      Layer.requirePositive("units", units);
    }
  }

  /**
   * Square convolution (cross-correlation) with zero padding, W [filters, channels, kernel,
   * kernel].
   */
  record Conv2d(int filters, int kernel, int stride, int padding) implements Layer {
    public Conv2d {
      Layer.requirePositive("filters", filters);
      Layer.requirePositive("kernel", kernel);
      Layer.requirePositive("stride", stride);
      if (padding < 0) {
        throw Fault.of("padding").expected("0 or more").found(padding).exception();
      }
    }
  }

  /** Mean over all positions of each channel. */
  record GlobalAveragePool() implements Layer {}

  private static void requirePositive(String what, int value) {
    if (value <= 0) {
      throw Fault.of(what).expected("a positive number").found(value).exception();
    }
  }
}
