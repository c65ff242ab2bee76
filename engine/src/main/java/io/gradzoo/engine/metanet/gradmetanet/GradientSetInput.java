package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.InputGradient;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The inputs of a {@link GradMetaNet} or {@link GradMetaNetPlusPlus} on a tape: neuron features
 * with their position codes, and the target network's own parameters where they are read.
 */
final class GradientSetInput {
  private final LayeredArchitecture architecture;
  private final int neurons;
  private final int setSize;
  private final int channels;
  private final int rowWidth;
  private final Tensor features;
  private final List<Tensor> weights = new ArrayList<>();
  private final List<Tensor> biases = new ArrayList<>();
  private final Tensor neuronBiases;
  private final SquaredFactors squares;
  private final float[] codes;
  private final boolean[] coded;

  GradientSetInput(
      Tape tape,
      LayeredArchitecture architecture,
      NeuronSpace neurons,
      int channels,
      int setSize,
      int positionWidth,
      GradMetaNetHead head,
      InputGradient gradient) {
    this.architecture = architecture;
    this.neurons = neurons.size();
    this.setSize = setSize;
    this.channels = channels;
    this.rowWidth = channels + positionWidth;
    this.codes = neurons.positionCodes(positionWidth);
    this.coded = new boolean[tape.capacity()];
    this.features = input(tape, setSize * neurons.size(), rowWidth, gradient);
    boolean read = head.theta() == GradMetaNetConfig.ThetaInput.PARAMETERS;
    this.squares = squares(tape, neurons, setSize, head, gradient);
    this.neuronBiases = read ? input(tape, neurons.size(), 1, gradient) : null;
    if (read) {
      for (AffineLayer layer : architecture.affineLayers()) {
        int from = neurons.offset(layer.index() + 1);
        weights.add(input(tape, layer.weightCount(), 1, gradient));
        biases.add(tape.rows(neuronBiases, from, layer.out()));
      }
    }
  }

  private static SquaredFactors squares(
      Tape tape, NeuronSpace neurons, int setSize, GradMetaNetHead head, InputGradient gradient) {
    if (!(head instanceof GradMetaNetHead.Reweighting reweighting)) {
      return null;
    }
    if (gradient == InputGradient.NEEDED) {
      throw Fault.of("gradient sets")
          .expected("a head whose results are differentiated by the examples")
          .found("weights of samples")
          .exception();
    }
    if (neurons.width(0) != reweighting.inputs()) {
      throw Fault.of("gradient sets")
          .expected(
              "networks of " + reweighting.inputs() + " inputs, as this network was built for")
          .found(neurons.width(0))
          .exception();
    }
    return new SquaredFactors(tape, neurons, setSize);
  }

  private static Tensor input(Tape tape, int rows, int width, InputGradient gradient) {
    return gradient == InputGradient.NEEDED
        ? tape.differentiableInput(rows, width)
        : tape.input(rows, width);
  }

  /** [setSize · N, channels + P]. */
  Tensor features() {
    return features;
  }

  /** Weights of an affine layer, [d_upper · d_lower, 1], or null where they are not read. */
  Tensor weight(int layer) {
    return weights.isEmpty() ? null : weights.get(layer);
  }

  /** Biases of an affine layer, [d, 1], or null. */
  Tensor bias(int layer) {
    return biases.isEmpty() ? null : biases.get(layer);
  }

  /** Biases of all neurons, zero for the inputs, [N, 1], or null. */
  Tensor neuronBiases() {
    return neuronBiases;
  }

  /** The squared factors of the set, or null where they are not read. */
  SquaredFactors squares() {
    return squares;
  }

  /**
   * Writes an example: features [setSize, N, channels]; the flat parameters where they are read;
   * the features as they were taken where their squares are.
   */
  void write(int slot, ExampleParts example) {
    float[] read = example.features();
    require("gradient set", numbers(), read);
    if (!coded[slot]) {
      writeCodes(slot);
      coded[slot] = true;
    }
    float[] x = features.values();
    int at = slot * setSize * neurons * rowWidth;
    for (int i = 0; i < read.length; i += channels, at += rowWidth) {
      for (int c = 0; c < channels; c++) {
        x[at + c] = read[i + c];
      }
    }
    if (!weights.isEmpty()) {
      require("parameters", architecture.parameterCount(), example.weights());
      writeParameters(slot, example.weights());
    }
    if (squares != null) {
      require("gradient set", numbers(), example.rawFeatures());
      squares.write(slot, example.rawFeatures());
    }
  }

  /** Reads the derivatives by the features, and behind them those by the parameters if read. */
  void readGradient(int slot, float[] gradient) {
    int parameters = weights.isEmpty() ? 0 : architecture.parameterCount();
    require("gradient set", numbers() + parameters, gradient);
    float[] dx = features.gradients();
    int at = slot * setSize * neurons * rowWidth;
    for (int i = 0; i < numbers(); i += channels, at += rowWidth) {
      System.arraycopy(dx, at, gradient, i, channels);
    }
    if (!weights.isEmpty()) {
      readParameterGradient(slot, gradient, numbers());
    }
  }

  /** Numbers of the features of an example. */
  private int numbers() {
    return setSize * neurons * channels;
  }

  private void require(String what, int expected, float[] part) {
    if (part.length != expected) {
      throw Fault.of(what + " of " + architecture)
          .expected(expected + " numbers")
          .found(part.length)
          .exception();
    }
  }

  private void writeParameters(int slot, float[] parameters) {
    int neuron = slot * neurons + architecture.affineLayers().get(0).in();
    for (AffineLayer layer : architecture.affineLayers()) {
      float[] w = weights.get(layer.index()).values();
      int count = layer.weightCount();
      System.arraycopy(parameters, layer.weightOffset(), w, slot * count, count);
      System.arraycopy(parameters, layer.biasOffset(), neuronBiases.values(), neuron, layer.out());
      neuron += layer.out();
    }
  }

  private void readParameterGradient(int slot, float[] gradient, int from) {
    int neuron = slot * neurons + architecture.affineLayers().get(0).in();
    for (AffineLayer layer : architecture.affineLayers()) {
      float[] dw = weights.get(layer.index()).gradients();
      int count = layer.weightCount();
      System.arraycopy(dw, slot * count, gradient, from + layer.weightOffset(), count);
      System.arraycopy(
          neuronBiases.gradients(), neuron, gradient, from + layer.biasOffset(), layer.out());
      neuron += layer.out();
    }
  }

  /** The codes of a slot never change: no operation writes to inputs. */
  private void writeCodes(int slot) {
    int codeWidth = rowWidth - channels;
    int rows = setSize * neurons;
    for (int row = 0; row < rows; row++) {
      int at = (slot * rows + row) * rowWidth + channels;
      System.arraycopy(codes, row % neurons * codeWidth, features.values(), at, codeWidth);
    }
  }
}
