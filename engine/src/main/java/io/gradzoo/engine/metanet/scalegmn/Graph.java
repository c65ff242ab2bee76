package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.InputGradient;
import io.gradzoo.engine.metanet.ParameterPlaces;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A target network as a graph on a tape (ScaleGMN §4): nodes are channels or neurons with their
 * bias, edges their kernel or weight, layer by layer. Edges of a layer are a grid [sources ·
 * targets]. Input nodes carry 0 in a CNN and 1 in an MLP.
 */
final class Graph {
  private final LayeredArchitecture architecture;
  private final GraphLayout layout;
  private final List<Tensor> biases = new ArrayList<>();
  private final List<Tensor> weights = new ArrayList<>();
  private final List<AffineLayer> layers;
  private final List<KernelRows> kernels = new ArrayList<>();

  Graph(Tape tape, LayeredArchitecture architecture, GraphLayout layout, InputGradient gradient) {
    this.architecture = architecture;
    this.layout = layout;
    biases.add(tape.input(layout.inputs(), 1));
    this.layers = architecture.affineLayers();
    for (AffineLayer layer : layers) {
      kernels.add(new KernelRows(layer, layout));
      int edges = layer.in() * layer.out();
      if (gradient == InputGradient.NEEDED) {
        biases.add(tape.differentiableInput(layer.out(), 1));
        weights.add(tape.differentiableInput(edges, layout.edgeWidth()));
      } else {
        biases.add(tape.input(layer.out(), 1));
        weights.add(tape.input(edges, layout.edgeWidth()));
      }
    }
  }

  /** The nodes with which a list of node features begins. */
  enum FirstNodes {
    /** The inputs, which have no bias. */
    INPUTS,
    FIRST_HIDDEN
  }

  /** Number of affine layers L; nodes have layers 0 … L. */
  int depth() {
    return weights.size();
  }

  /** Nodes of layer l. */
  int width(int layer) {
    return biases.get(layer).rows();
  }

  /** Raw node features of layer l, [n_l, 1]. */
  Tensor bias(int layer) {
    return biases.get(layer);
  }

  /** Raw edge features from layer l to l + 1, [n_l · n_{l+1}, kernel²], source-major. */
  Tensor weight(int layer) {
    return weights.get(layer);
  }

  /** Types of the nodes of layer l, rows of the node encodings. */
  int[] nodeTypes(int layer) {
    int[] types = new int[width(layer)];
    if (layer == 0) {
      Arrays.setAll(types, i -> i);
    } else if (layer < depth()) {
      Arrays.fill(types, layout.inputs() + layer - 1);
    } else {
      Arrays.setAll(types, j -> layout.inputs() + depth() - 1 + j);
    }
    return types;
  }

  /** Types of the edges from layer l to l + 1: by input node, by layer, by output node. */
  int[] edgeTypes(int layer) {
    int targets = width(layer + 1);
    int[] types = new int[width(layer) * targets];
    if (layer == 0) {
      Arrays.setAll(types, e -> e / targets);
    } else if (layer < depth() - 1) {
      Arrays.fill(types, layout.inputs() + layer - 1);
    } else {
      Arrays.setAll(types, e -> layout.inputs() + depth() - 2 + e % targets);
    }
    return types;
  }

  /**
   * The public code's types of the last layer's edges: counted target by target over edges that run
   * source by source.
   */
  int[] outputMajorEdgeTypes() {
    int sources = width(depth() - 1);
    int[] types = new int[sources * width(depth())];
    Arrays.setAll(types, e -> layout.inputs() + depth() - 2 + e / sources);
    return types;
  }

  /**
   * Writes a network's flat parameters into a slot.
   *
   * @throws IllegalArgumentException if their count is another or one of them is not finite
   */
  void write(int slot, float[] parameters) {
    requireNetwork(parameters);
    Arrays.fill(
        biases.get(0).values(),
        slot * layout.inputs(),
        (slot + 1) * layout.inputs(),
        architecture.dense() ? 1f : 0f);
    for (int l = 0; l < layers.size(); l++) {
      AffineLayer layer = layers.get(l);
      int out = layer.out();
      float[] nodes = biases.get(l + 1).values();
      System.arraycopy(parameters, layer.biasOffset(), nodes, slot * out, out);
      kernels.get(l).write(slot, parameters, weights.get(l).values());
    }
  }

  /**
   * @throws IllegalArgumentException if these are not the architecture's count of numbers
   */
  void requireNetwork(float[] parameters) {
    if (parameters.length != architecture.parameterCount()) {
      throw Fault.of("network " + architecture)
          .expected("%d parameters", architecture.parameterCount())
          .found(parameters.length)
          .exception();
    }
  }

  /** What edge features stand for, layer by layer, and behind them node features. */
  ParameterPlaces places(FirstNodes first) {
    List<int[]> places = new ArrayList<>();
    kernels.forEach(layer -> places.add(layer.places()));
    if (first == FirstNodes.INPUTS) {
      places.add(ParameterPlaces.none(layout.inputs()));
    }
    for (AffineLayer layer : layers) {
      int[] ofBiases = new int[layer.out()];
      Arrays.setAll(ofBiases, i -> layer.biasOffset() + i);
      places.add(ofBiases);
    }
    return new ParameterPlaces(places);
  }

  /** Reads the gradient by a network's flat parameters from a slot. */
  void readGradient(int slot, float[] gradient) {
    for (int l = 0; l < layers.size(); l++) {
      AffineLayer layer = layers.get(l);
      int out = layer.out();
      float[] nodes = biases.get(l + 1).gradients();
      System.arraycopy(nodes, slot * out, gradient, layer.biasOffset(), out);
      kernels.get(l).read(slot, weights.get(l).gradients(), gradient);
    }
  }
}
