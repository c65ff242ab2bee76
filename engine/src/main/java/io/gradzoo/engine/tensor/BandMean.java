package io.gradzoo.engine.tensor;

import java.util.List;

/**
 * {@code y[i] = mean_p x[i, p]} over the rows p of a band of each line i.
 *
 * @param band of x
 * @param output [lines, width]
 */
public record BandMean(Band band, Tensor output) implements Operation {

  @Override
  public List<Tensor> inputs() {
    return List.of(band.x());
  }
}
