package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.tensor.Band;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/**
 * What a {@link ReweightingHead} reads from a set that is not standardised: for every sample the
 * squared activation and the squared signal of every neuron, and the codes of its inputs.
 */
final class SquaredFactors {
  private final NeuronSpace neurons;
  private final int size;
  private final int inputs;
  private final int setSize;
  private final Tensor activations;
  private final Tensor signals;
  private final Tensor codes;

  SquaredFactors(Tape tape, NeuronSpace neurons, int setSize) {
    this.neurons = neurons;
    this.size = neurons.size();
    this.inputs = neurons.width(0);
    this.setSize = setSize;
    this.activations = tape.input(setSize * (size + 1), 1);
    this.signals = tape.input(setSize * size, 1);
    this.codes = tape.input(setSize, inputs * SampleCodes.WIDTH);
  }

  /** Squared activations of a layer of neurons. */
  Band activations(int layer) {
    return new Band(activations, size + 1, neurons.offset(layer), neurons.width(layer));
  }

  /** What a bias has in place of an activation. */
  Band ones() {
    return new Band(activations, size + 1, size, 1);
  }

  /** Squared signals of a layer of neurons. */
  Band signals(int layer) {
    return new Band(signals, size, neurons.offset(layer), neurons.width(layer));
  }

  /** Codes of the samples, [setSize, d_0 · WIDTH]. */
  Tensor codes() {
    return codes;
  }

  /**
   * Writes a set.
   *
   * @param features [setSize, N, 2], not standardised
   */
  void write(int slot, float[] features) {
    int row = size * NeuronFeatures.WIDTH;
    for (int i = 0; i < setSize; i++) {
      writeSample(slot * setSize + i, features, i * row);
    }
  }

  private void writeSample(int line, float[] features, int from) {
    float[] a = activations.values();
    float[] g = signals.values();
    for (int n = 0; n < inputs; n++) {
      float x = features[from + n * NeuronFeatures.WIDTH];
      SampleCodes.write(x, codes.values(), (line * inputs + n) * SampleCodes.WIDTH);
    }
    for (int n = 0; n < size; n++) {
      float activation = features[from + n * NeuronFeatures.WIDTH];
      float signal = features[from + n * NeuronFeatures.WIDTH + 1];
      a[line * (size + 1) + n] = activation * activation;
      g[line * size + n] = signal * signal;
    }
    a[line * (size + 1) + size] = 1f;
  }
}
