package io.gradzoo.engine.symmetry;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.List;

/**
 * How many numbers choose among the rescalings of a network that change no output: one for each
 * hidden neuron whose weights are its own. A convolution shares its weights over all positions of a
 * channel, so it leaves one for each channel; the same network as a perceptron with untied weights
 * would have one for each position too. Of ReLU networks they are positive numbers, of odd
 * activations signs.
 *
 * @param channels of the hidden layers, dense units included: the freedom of the network
 * @param units of the hidden layers: the freedom of the perceptron that it unrolls to
 */
public record GaugeDimension(int channels, int units) {

  /** That of an architecture. */
  public static GaugeDimension of(LayeredArchitecture architecture) {
    List<AffineLayer> layers = architecture.affineLayers();
    int channels = 0;
    int units = 0;
    for (AffineLayer layer : layers.subList(0, layers.size() - 1)) {
      channels += layer.out();
      units += layer.output().size();
    }
    return new GaugeDimension(channels, units);
  }
}
