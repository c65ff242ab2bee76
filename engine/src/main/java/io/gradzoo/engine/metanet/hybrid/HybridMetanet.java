package io.gradzoo.engine.metanet.hybrid;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.InvariantNeuronFeatures;
import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.metanet.LayerMetanetwork;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetHead;
import io.gradzoo.engine.metanet.gradmetanet.GradientNetworkConfig;
import io.gradzoo.engine.metanet.scalegmn.GraphFeatures;
import io.gradzoo.engine.metanet.scalegmn.GraphLayout;
import io.gradzoo.engine.metanet.scalegmn.RescalingGroup;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A graph metanetwork whose edges and nodes carry, beside weights and biases, what a GradMetaNet or
 * GradMetaNet++ makes of a gradient set (GradMetaNet §7.3, App. F.3). Both are trained together. It
 * respects what the graph metanetwork respects. Pairs (a, g) change under rescaling, so they are
 * for the plain one; one that respects rescalings gets {@link InvariantNeuronFeatures}, which is
 * our own.
 *
 * <p>Its examples are neuron features [setSize, N, {@link #channels}] of an MLP and its flat
 * parameters; its outputs are those of the graph metanetwork.
 */
public final class HybridMetanet implements LayerMetanetwork {
  private final int channels;
  private final GradMetaNetHead.Product head;
  private final ParameterLayout layout = new ParameterLayout();
  private final LayerMetanetwork gradients;
  private final ScaleGmn graph;

  /**
   * @throws IllegalArgumentException if the gradient network has no product head, or it reads
   *     parameters and the graph metanetwork respects rescalings, which change them
   */
  public HybridMetanet(
      GradientNetworkConfig gradients, ScaleGmnConfig graph, GraphLayout graphLayout) {
    if (!(gradients.head() instanceof GradMetaNetHead.Product product)) {
      throw Fault.of("hybrid")
          .expected("a gradient network with a product head")
          .found(gradients.head())
          .exception();
    }
    if (graph.symmetry() != RescalingGroup.PERMUTATION
        && product.theta() == GradMetaNetConfig.ThetaInput.PARAMETERS) {
      throw Fault.of("hybrid")
          .expected(
              "a gradient network that reads no parameters with the symmetry " + graph.symmetry())
          .found(product)
          .exception();
    }
    this.channels = channels(graph.symmetry());
    this.head = product;
    this.gradients = gradients.register(layout, channels);
    this.graph = new ScaleGmn(graph, graphLayout, layout, product.outputs());
  }

  /**
   * Numbers of each neuron and sample in an example: (a, g), or the features that no rescaling
   * changes.
   */
  public static int channels(RescalingGroup symmetry) {
    return symmetry == RescalingGroup.PERMUTATION
        ? NeuronFeatures.WIDTH
        : InvariantNeuronFeatures.WIDTH;
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  /** One: a set of gradients is a batch in itself. */
  @Override
  public int groupSize(LayeredArchitecture architecture) {
    return 1;
  }

  @Override
  public Recording record(Tape tape, LayeredArchitecture architecture) {
    Recording ofGradients = gradients.record(tape, architecture);
    Recording ofGraph =
        graph.record(tape, architecture, features(tape, architecture, ofGradients.outputs()));
    return new Recording(
        (slot, example) -> {
          ofGradients.writer().write(slot, example);
          ofGraph.writer().write(slot, example);
        },
        ofGraph.outputs());
  }

  /** From weights by layer, target-major, then biases by layer. */
  private GraphFeatures features(
      Tape tape, LayeredArchitecture architecture, List<Tensor> outputs) {
    List<Tensor> edges = new ArrayList<>();
    List<Tensor> nodes = new ArrayList<>();
    List<AffineLayer> layers = architecture.affineLayers();
    nodes.add(tape.zeros(layers.get(0).in(), head.outputs()));
    for (AffineLayer layer : layers) {
      edges.add(tape.gridTranspose(outputs.get(layer.index()), layer.out()));
      nodes.add(outputs.get(layers.size() + layer.index()));
    }
    return new GraphFeatures(edges, nodes);
  }
}
