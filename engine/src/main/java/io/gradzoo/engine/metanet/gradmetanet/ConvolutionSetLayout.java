package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.BatchedNetwork;

/**
 * Where things lie in an example of a {@link GradMetaNetConvolution}: for each affine layer its
 * inputs [setSize, in, height, width], for a dense layer [setSize, in]; for each its signals
 * [setSize, out, positions], dense [setSize, out]; then three flat vectors in the layout of the
 * network's parameters: the parameters, the mean gradient of the set, and the root of the mean
 * squared gradient. Signals are those of single samples, not divided by the set size.
 */
public final class ConvolutionSetLayout {
  private final Architecture architecture;
  private final int setSize;
  private final int[] inputs;
  private final int[] signals;
  private final int parameters;

  /** The layout for sets of so many samples. */
  public ConvolutionSetLayout(Architecture architecture, int setSize) {
    this.architecture = architecture;
    this.setSize = setSize;
    int layers = architecture.affineLayers().size();
    this.inputs = new int[layers];
    this.signals = new int[layers];
    int at = 0;
    for (AffineLayer layer : architecture.affineLayers()) {
      inputs[layer.index()] = at;
      at += setSize * layer.input().size();
    }
    for (AffineLayer layer : architecture.affineLayers()) {
      signals[layer.index()] = at;
      at += setSize * layer.output().size();
    }
    this.parameters = at;
  }

  /** Numbers of an example. */
  public int length() {
    return parameters + 3 * architecture.parameterCount();
  }

  /** Where the inputs of an affine layer begin. */
  int inputs(int layer) {
    return inputs[layer];
  }

  /** Where the signals of an affine layer begin. */
  int signals(int layer) {
    return signals[layer];
  }

  /** Where the parameters, the mean gradient (1) or the root mean square (2) begin. */
  int vector(int which) {
    return parameters + which * architecture.parameterCount();
  }

  /**
   * An example from a network and its probe set.
   *
   * @param theta the network's flat parameters
   * @param probes [setSize, input size], channel-major
   * @param signal what is differentiated
   */
  public float[] example(float[] theta, float[] probes, Signal signal) {
    float[] example = new float[length()];
    BatchedNetwork network = new BatchedNetwork(architecture, setSize);
    float[] outputs = network.forward(theta, 0, probes, 0, setSize);
    float[] outputSignals = new float[setSize * architecture.outputs()];
    signal.evaluate(0, setSize, architecture.outputs(), outputs, new float[setSize], outputSignals);
    network.backward(outputSignals);
    for (int layer = 0; layer < inputs.length; layer++) {
      network.copyInputs(layer, example, inputs[layer]);
      network.copySignals(layer, example, signals[layer]);
    }
    GradientSet set =
        new GradientExtraction(architecture).extract(theta, 0, probes, setSize, signal);
    float[] mean = set.meanGradient();
    float[] squares = set.empiricalFisherDiagonal();
    int count = architecture.parameterCount();
    System.arraycopy(theta, 0, example, vector(0), count);
    System.arraycopy(mean, 0, example, vector(1), count);
    for (int i = 0; i < count; i++) {
      example[vector(2) + i] = (float) Math.sqrt(squares[i]);
    }
    return example;
  }
}
