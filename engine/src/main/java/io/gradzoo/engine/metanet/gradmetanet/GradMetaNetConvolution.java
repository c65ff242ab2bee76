package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.LayerMetanetwork;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.metanet.gradmetanet.ProductLayer.Perceptron;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.GridAxis;
import io.gradzoo.engine.tensor.Matrix;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * GradMetaNet on convolutional networks, our own extension of the paper's. A channel is a neuron
 * that owns two sets of tokens: its signals as an output of one layer, and its patches of k²
 * numbers as an input of the next. A perceptron embeds tokens, positions are summed, and the rest
 * is a {@link GradMetaNet} on channels. A perceptron of an edge reads both channels, the k²
 * weights, and their mean gradients and roots of mean squares; so statistics of the set that a sum
 * over positions would lose are there exactly.
 *
 * <p>Equivariant to permutations of channels, invariant to the order of the set and of positions.
 * Its examples are laid out by {@link ConvolutionSetLayout}; its outputs are [out · in, kernel²]
 * for the weights of each layer, then [out, 1] for its biases; or one vector, which is made of all
 * channels and reads no parameters.
 */
public final class GradMetaNetConvolution implements LayerMetanetwork {
  private final GradMetaNetConvolutionConfig config;
  private final ParameterLayout layout = new ParameterLayout();
  private final Perceptron patch;
  private final Perceptron input;
  private final Perceptron signal;
  private final Trunk trunk;
  private final Perceptron edge;
  private final Perceptron denseEdge;
  private final Perceptron node;
  private final VectorHead vector;

  public GradMetaNetConvolution(GradMetaNetConvolutionConfig config) {
    this.config = config;
    int tokens = config.tokenWidth();
    int hidden = config.tokenHidden();
    int width = config.width();
    int k2 = config.patch();
    patch = Perceptron.register(layout, "phi_in", k2, hidden, tokens);
    input = Perceptron.register(layout, "phi_in_d", 1, hidden, tokens);
    signal = Perceptron.register(layout, "phi_out", 1, hidden, tokens);
    trunk = Trunk.register(layout, config.trunk(), 2 * tokens + config.positionWidth());
    if (config.head() instanceof GradMetaNetHead.InvariantVector head) {
      edge = null;
      denseEdge = null;
      node = null;
      vector = VectorHead.register(layout, width, head, config.reduction());
      return;
    }
    vector = null;
    int edgeHidden = config.edgeHidden();
    edge = Perceptron.register(layout, "edge", 2 * width + 3 * k2, edgeHidden, k2);
    denseEdge = Perceptron.register(layout, "edge_d", 2 * width + 3, edgeHidden, 1);
    node = Perceptron.register(layout, "node", width + 3, config.nodeHidden(), 1);
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
    NeuronSpace channels = channels(architecture);
    ConvolutionSetLayout example = new ConvolutionSetLayout(architecture, config.setSize());
    List<ConvolutionTokens> tokens = new ArrayList<>();
    for (AffineLayer layer : architecture.affineLayers()) {
      tokens.add(new ConvolutionTokens(tape, layer, example, config.setSize()));
    }
    PositionCodes codes =
        new PositionCodes(tape, channels, config.setSize(), config.positionWidth());
    Tensor x = tape.concatenate(embed(tape, channels, tokens), codes.tensor());
    Tensor h = trunk.apply(tape, x, config.trunk());
    Program.ExampleWriter writer =
        (slot, parts) -> {
          float[] numbers = parts.features();
          requireLength(architecture, example.length(), numbers.length);
          codes.write(slot);
          tokens.forEach(layer -> layer.write(slot, numbers));
        };
    return new Recording(writer, head(tape, channels, tokens, h));
  }

  /** Features of all channels, [setSize · N, 2 · tokenWidth]. */
  private Tensor embed(Tape tape, NeuronSpace channels, List<ConvolutionTokens> tokens) {
    List<Tensor> levels = new ArrayList<>();
    for (int l = 0; l <= channels.depth(); l++) {
      int rows = config.setSize() * channels.width(l);
      Tensor none = tape.zeros(rows, config.tokenWidth());
      Tensor in = l == channels.depth() ? none : inputs(tape, tokens.get(l));
      Tensor out = l == 0 ? none : outputs(tape, tokens.get(l - 1));
      levels.add(tape.concatenate(in, out));
    }
    return tape.stack(config.setSize(), levels);
  }

  private Tensor inputs(Tape tape, ConvolutionTokens tokens) {
    Perceptron of = tokens.convolution() ? patch : input;
    return overPositions(tape, of, tokens.patches(), tokens.positions());
  }

  private Tensor outputs(Tape tape, ConvolutionTokens tokens) {
    return overPositions(tape, signal, tokens.signals(), tokens.positions());
  }

  private static Tensor overPositions(Tape tape, Perceptron of, Tensor tokens, int positions) {
    Tensor hidden = tape.relu(tape.affine(of.first().matrix(), of.firstBias(), tokens));
    return of.finishSum(tape, tape.gridSum(hidden, positions, GridAxis.FIRST), positions);
  }

  private List<Tensor> head(
      Tape tape, NeuronSpace channels, List<ConvolutionTokens> tokens, Tensor h) {
    if (vector != null) {
      return vector.apply(tape, h);
    }
    List<Tensor> levels = new ArrayList<>();
    for (int l = 0; l <= channels.depth(); l++) {
      levels.add(tape.rows(h, channels.offset(l), channels.width(l)));
    }
    List<Tensor> outputs = new ArrayList<>();
    for (int l = 0; l < channels.depth(); l++) {
      Perceptron of = tokens.get(l).convolution() ? edge : denseEdge;
      outputs.add(edges(tape, of, levels.get(l), levels.get(l + 1), tokens.get(l).edges()));
    }
    for (int l = 0; l < channels.depth(); l++) {
      outputs.add(
          node.finish(
              tape,
              tape.affine(
                  node.first().matrix(),
                  node.firstBias(),
                  levels.get(l + 1),
                  tokens.get(l).nodes())));
    }
    return outputs;
  }

  private static Tensor edges(
      Tape tape, Perceptron of, Tensor lower, Tensor upper, Tensor numbers) {
    int f = lower.width();
    Matrix first = of.first().matrix();
    Tensor ofUpper = tape.affine(first.columns(f, 2 * f), of.firstBias(), upper);
    Tensor ofLower = tape.linear(first.columns(0, f), lower);
    Tensor own = tape.linear(first.columns(2 * f, first.columns()), numbers);
    return of.finish(tape, tape.gridAdd(own, ofUpper, ofLower));
  }

  /** The channels by level, for position codes and offsets. */
  private NeuronSpace channels(LayeredArchitecture architecture) {
    List<Integer> widths = new ArrayList<>();
    for (AffineLayer layer : architecture.affineLayers()) {
      boolean follows = widths.isEmpty() || widths.get(layer.index()) == layer.in();
      if (!follows || (layer.convolution() && layer.kernel() != config.kernel())) {
        throw Fault.of("network " + architecture)
            .expected(
                "kernels of side "
                    + config.kernel()
                    + " and as many inputs of a layer as the one before has channels")
            .found(
                "layer "
                    + layer.index()
                    + " with "
                    + layer.in()
                    + " inputs and kernels of side "
                    + layer.kernel())
            .exception();
      }
      if (widths.isEmpty()) {
        widths.add(layer.in());
      }
      widths.add(layer.out());
    }
    return new NeuronSpace(List.copyOf(widths));
  }

  private static void requireLength(LayeredArchitecture architecture, int expected, int found) {
    if (expected != found) {
      throw Fault.of("gradient set of " + architecture)
          .expected(expected + " numbers")
          .found(found)
          .exception();
    }
  }
}
