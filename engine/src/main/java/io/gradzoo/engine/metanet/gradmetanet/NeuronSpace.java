package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.List;

/**
 * All neurons of an MLP in one row: the inputs, each hidden layer, the outputs.
 *
 * @param widths d₀ … d_L
 */
record NeuronSpace(List<Integer> widths) {

  /**
   * @throws IllegalArgumentException if the network is not an MLP
   */
  static NeuronSpace of(LayeredArchitecture architecture) {
    if (!architecture.dense()) {
      throw Fault.of("network " + architecture)
          .expected("an MLP: gradient sets of convolutions have no neuron features")
          .exception();
    }
    List<AffineLayer> layers = architecture.affineLayers();
    Integer[] widths = new Integer[layers.size() + 1];
    widths[0] = layers.get(0).in();
    for (AffineLayer layer : layers) {
      widths[layer.index() + 1] = layer.out();
    }
    return new NeuronSpace(List.of(widths));
  }

  /** Number L of affine layers. */
  int depth() {
    return widths.size() - 1;
  }

  int width(int layer) {
    return widths.get(layer);
  }

  /** Index of the first neuron of a layer. */
  int offset(int layer) {
    return widths.subList(0, layer).stream().mapToInt(Integer::intValue).sum();
  }

  /** Number N of all neurons. */
  int size() {
    return offset(widths.size());
  }

  /**
   * Sinusoidal codes [N, width] that tell apart each input, each hidden layer and each output, but
   * not the neurons of a hidden layer: {@code [sin θ…, cos θ…]} with {@code θ_k = id / 10000^(2k /
   * width)} (GradMetaNet §5 I).
   */
  float[] positionCodes(int codeWidth) {
    float[] codes = new float[size() * codeWidth];
    int row = 0;
    for (int layer = 0; layer <= depth(); layer++) {
      for (int j = 0; j < width(layer); j++, row++) {
        writeCode(id(layer, j), codeWidth, codes, row);
      }
    }
    return codes;
  }

  /** Writes the code of an id into one row of codes [rows, codeWidth]. */
  static void writeCode(int id, int codeWidth, float[] codes, int row) {
    for (int k = 0; k < codeWidth / 2; k++) {
      double angle = id / StrictMath.pow(10000, 2.0 * k / codeWidth);
      codes[row * codeWidth + k] = (float) StrictMath.sin(angle);
      codes[row * codeWidth + codeWidth / 2 + k] = (float) StrictMath.cos(angle);
    }
  }

  private int id(int layer, int neuron) {
    if (layer == 0) {
      return neuron;
    }
    return layer < depth() ? width(0) + layer - 1 : width(0) + depth() - 1 + neuron;
  }
}
