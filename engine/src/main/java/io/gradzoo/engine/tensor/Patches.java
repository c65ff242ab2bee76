package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * What a {@link Window} sees at each place: a row {@code [channels, side, side]}, zero in the
 * padding. With {@link RowProducts} it makes a convolution.
 *
 * @param x maps, [samples · channels, height · width]
 * @param output [samples · places, channels · side²]
 */
public record Patches(Window window, Tensor x, Tensor output) implements Operation {

  /** In each model. */
  public int samples() {
    return x.rows() / window.channels();
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x);
  }
}
