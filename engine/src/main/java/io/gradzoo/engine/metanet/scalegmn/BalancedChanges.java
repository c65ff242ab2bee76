package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.symmetry.BalancedGauge;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Changes of the weights and biases of a ReLU network that is read in its {@link BalancedGauge}:
 * the graph is given the network that no rescaling changes, and what comes out is multiplied by
 * sizes that change as the weights and biases do. So the whole is equivariant whatever stands
 * between, and nothing is divided by a weight or a feature.
 */
final class BalancedChanges {
  private final LayeredArchitecture architecture;
  private final Graph graph;
  private final List<Tensor> ofEdges = new ArrayList<>();
  private final List<Tensor> ofNodes = new ArrayList<>();
  private final float[] canonical;

  BalancedChanges(Tape tape, LayeredArchitecture architecture, Graph graph) {
    this.architecture = architecture;
    this.graph = graph;
    this.canonical = new float[architecture.parameterCount()];
    for (int l = 0; l < graph.depth(); l++) {
      Tensor weight = graph.weight(l);
      ofEdges.add(tape.input(weight.rows(), weight.width()));
      ofNodes.add(tape.input(graph.width(l + 1), 1));
    }
  }

  /**
   * The changes at their sizes in the network as it is.
   *
   * @param changes of weights by layer, then of biases by layer
   */
  List<Tensor> sized(Tape tape, List<Tensor> changes) {
    List<Tensor> sized = new ArrayList<>();
    for (int l = 0; l < graph.depth(); l++) {
      sized.add(tape.product(changes.get(l), ofEdges.get(l)));
    }
    for (int l = 0; l < graph.depth(); l++) {
      sized.add(tape.product(changes.get(graph.depth() + l), ofNodes.get(l)));
    }
    return sized;
  }

  /** Writes a network's flat parameters into a slot. */
  void write(int slot, float[] parameters) {
    graph.requireNetwork(parameters);
    BalancedGauge gauge = BalancedGauge.of(architecture, parameters);
    gauge.canonical(parameters, canonical);
    graph.write(slot, canonical);
    for (int l = 0; l < graph.depth(); l++) {
      writeSizes(slot, gauge, l);
    }
  }

  /** Edges are source-major, and all numbers of a kernel have one size. */
  private void writeSizes(int slot, BalancedGauge gauge, int l) {
    int targets = graph.width(l + 1);
    int width = ofEdges.get(l).width();
    float[] edges = ofEdges.get(l).values();
    float[] nodes = ofNodes.get(l).values();
    int at = slot * graph.width(l) * targets * width;
    for (int j = 0; j < graph.width(l); j++) {
      for (int i = 0; i < targets; i++, at += width) {
        float size = (float) (gauge.asTarget(l + 1, i) * gauge.asSource(l, j));
        Arrays.fill(edges, at, at + width, size);
      }
    }
    for (int i = 0; i < targets; i++) {
      nodes[slot * targets + i] = (float) gauge.asTarget(l + 1, i);
    }
  }
}
