package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.InputGradient;
import io.gradzoo.engine.metanet.LayerMetanetwork;
import io.gradzoo.engine.metanet.ParameterPlaces;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * ScaleGMN (Kalogeropoulos, Bouritsas and Panagakis, NeurIPS 2024): a graph metanetwork that
 * respects permutations of hidden neurons and their rescaling, or only permutations. Parameters
 * carry the public implementation's names.
 *
 * <p>Its examples are flat parameter vectors of target networks.
 */
public final class ScaleGmn implements LayerMetanetwork {
  private static final int MOST_IN_GROUP = 16;

  /**
   * Numbers of one layer's edge features, 1 MiB: enough models for the parameters and their
   * gradients, which every group brings into the cache anew, to be a small part of its traffic.
   */
  private static final int NUMBERS_IN_GROUP = 1 << 18;

  private final ScaleGmnConfig config;
  private final GraphLayout graphLayout;
  private final ParameterLayout layout;
  private final Encoder encoder;
  private final List<MessagePassing> layers = new ArrayList<>();
  private final Readout readout;
  private final List<Parameter> weightScales = new ArrayList<>();
  private final List<Parameter> biasScales = new ArrayList<>();

  /**
   * @param graphLayout what all target networks have in common
   * @throws IllegalArgumentException if the head's edges are not as wide as the networks' kernels
   */
  public ScaleGmn(ScaleGmnConfig config, GraphLayout graphLayout) {
    this(config, graphLayout, new ParameterLayout(), 0);
  }

  /**
   * As part of a larger metanetwork, which gives edges and nodes further features.
   *
   * @param layout gets the parameters after those it already has
   * @param features further numbers of each edge and node; where more than permutations are
   *     respected, numbers that no rescaling of the target network changes
   */
  public ScaleGmn(
      ScaleGmnConfig config, GraphLayout graphLayout, ParameterLayout layout, int features) {
    this.config = config;
    this.graphLayout = graphLayout;
    this.layout = layout;
    requireKernelsOfHead();
    this.encoder = Encoder.register(layout, graphLayout, config, features);
    for (int t = 0; t < config.layers(); t++) {
      layers.add(MessagePassing.register(layout, graphLayout, t, config));
    }
    this.readout =
        config.head() instanceof ScaleGmnHead.Invariant invariant
            ? Readout.register(layout, graphLayout, config, invariant)
            : null;
    if (config.head() instanceof ScaleGmnHead.ParameterDeltas deltas) {
      registerScales(deltas);
    }
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public int groupSize(LayeredArchitecture architecture) {
    int edges =
        architecture.affineLayers().stream().mapToInt(l -> l.in() * l.out()).max().orElseThrow();
    return Math.max(1, Math.min(MOST_IN_GROUP, NUMBERS_IN_GROUP / (edges * config.width())));
  }

  @Override
  public Recording record(Tape tape, LayeredArchitecture architecture) {
    return record(tape, architecture, GraphFeatures.NONE);
  }

  /**
   * As {@link #record}, with derivatives by the target networks' own parameters.
   *
   * @throws IllegalStateException if phases are made canonical, which jumps, or networks are read
   *     in their balanced gauge, whose derivatives are not there
   */
  public Recording recordDifferentiable(Tape tape, LayeredArchitecture architecture) {
    if (config.phases() == ScaleGmnConfig.Phases.CANONICAL) {
      throw new IllegalStateException(
          "scalegmn: canonical phases have no derivative by a network's parameters");
    }
    if (config.balanced(config.symmetry().actingOn(architecture.activation()))) {
      throw new IllegalStateException(
          "scalegmn: a balanced gauge has no derivative by a network's parameters");
    }
    return record(tape, architecture, GraphFeatures.NONE, InputGradient.NEEDED);
  }

  /**
   * As {@link #record}, as part of a larger metanetwork.
   *
   * @param features of edges and nodes, as many as the constructor was told
   */
  public Recording record(Tape tape, LayeredArchitecture architecture, GraphFeatures features) {
    return record(tape, architecture, features, InputGradient.NOT_NEEDED);
  }

  private Recording record(
      Tape tape, LayeredArchitecture architecture, GraphFeatures features, InputGradient gradient) {
    graphLayout.check(architecture);
    Graph graph = new Graph(tape, architecture, graphLayout, gradient);
    RescalingGroup symmetry = config.symmetry().actingOn(architecture.activation());
    Features h = encoder.apply(tape, graph, architecture.activation(), features);
    List<Tensor> positions = positions(tape, graph);
    for (MessagePassing layer : layers) {
      h = layer.apply(tape, symmetry, h, positions);
    }
    List<Tensor> outputs = head(tape, symmetry, h);
    if (config.balanced(symmetry)) {
      BalancedChanges balanced = new BalancedChanges(tape, architecture, graph);
      return new Recording(
              (slot, example) -> balanced.write(slot, example.weights()),
              balanced.sized(tape, outputs))
          .standingFor(places(graph));
    }
    Recording recording =
        gradient == InputGradient.NEEDED
            ? new Recording(
                (slot, example) -> graph.write(slot, example.weights()),
                graph::readGradient,
                outputs)
            : new Recording(writer(graph, architecture), outputs);
    return readout == null ? recording.standingFor(places(graph)) : recording;
  }

  private ParameterPlaces places(Graph graph) {
    return graph.places(
        weightScales.isEmpty() ? Graph.FirstNodes.INPUTS : Graph.FirstNodes.FIRST_HIDDEN);
  }

  private Program.ExampleWriter writer(Graph graph, LayeredArchitecture architecture) {
    if (config.phases() == ScaleGmnConfig.Phases.AS_GIVEN) {
      return (slot, example) -> graph.write(slot, example.weights());
    }
    float[] canonical = new float[architecture.parameterCount()];
    return (slot, example) -> {
      float[] network = example.weights();
      graph.requireNetwork(network);
      config.phaseForm().apply(architecture, network, canonical);
      graph.write(slot, canonical);
    };
  }

  /**
   * What the head computes: the invariant vector; or node features by layer (from the inputs, or
   * from the first hidden layer for parameter deltas) after edge features by layer.
   */
  private List<Tensor> head(Tape tape, RescalingGroup symmetry, Features h) {
    if (readout != null) {
      return List.of(readout.apply(tape, symmetry, h));
    }
    List<Tensor> outputs = new ArrayList<>();
    if (weightScales.isEmpty()) {
      outputs.addAll(h.edges());
      outputs.addAll(h.nodes());
      return outputs;
    }
    for (int l = 0; l < h.depth(); l++) {
      outputs.add(tape.scale(h.edges().get(l), weightScales.get(l)));
    }
    for (int l = 0; l < h.depth(); l++) {
      outputs.add(tape.scale(h.nodes().get(l + 1), biasScales.get(l)));
    }
    return outputs;
  }

  private List<Tensor> positions(Tape tape, Graph graph) {
    List<Tensor> positions = new ArrayList<>();
    if (config.positions().inMessages() || config.positions().inUpdates()) {
      for (int l = 0; l <= graph.depth(); l++) {
        positions.add(tape.lookup(encoder.nodeTable(), graph.nodeTypes(l)));
      }
    }
    return positions;
  }

  private void requireKernelsOfHead() {
    if (config.head() instanceof ScaleGmnHead.GraphDeltas deltas
        && deltas.edgeWidth() != graphLayout.edgeWidth()) {
      throw Fault.of("scalegmn")
          .at("head")
          .expected("%d numbers an edge, as kernels have", graphLayout.edgeWidth())
          .found(deltas.edgeWidth())
          .exception();
    }
  }

  private void registerScales(ScaleGmnHead.ParameterDeltas deltas) {
    Initialization initial = Initialization.constant(deltas.initialScale());
    for (int l = 0; l < graphLayout.depth(); l++) {
      weightScales.add(layout.add("weight_scale." + l, initial));
    }
    for (int l = 0; l < graphLayout.depth(); l++) {
      biasScales.add(layout.add("bias_scale." + l, initial));
    }
  }
}
