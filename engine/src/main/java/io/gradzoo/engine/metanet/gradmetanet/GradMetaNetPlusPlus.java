package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.metanet.gradmetanet.GradientSetInput.GradientWanted;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * GradMetaNet++ (Gelberg et al., NeurIPS 2025, App. D.2): attention over the set and over the
 * neurons, then the product layer for each element before the sum over the set. Invariant to the
 * order of the set and equivariant to permutations of hidden neurons, as {@link GradMetaNet} is;
 * its examples and outputs are the same.
 *
 * <p>The paper describes no invariant head for it; ours sums the set and the neurons, then applies
 * a linear map.
 */
public final class GradMetaNetPlusPlus implements GradientNetwork {
  /** A GradMetaNet++. */
  public record Spec(GradMetaNetPlusPlusConfig config) implements MetanetworkSpec {
    @Override
    public Metanetwork build() {
      return new GradMetaNetPlusPlus(config);
    }
  }

  private final GradMetaNetPlusPlusConfig config;
  private final int channels;
  private final ParameterLayout layout;
  private final List<AttentionBlock> blocks = new ArrayList<>();
  private final SetProductLayer product;
  private final Parameter vector;
  private final Parameter vectorBias;
  private final Kernels kernels;

  public GradMetaNetPlusPlus(GradMetaNetPlusPlusConfig config) {
    this(config, CpuKernels.best());
  }

  /** On kernels of the caller's choice. */
  public GradMetaNetPlusPlus(GradMetaNetPlusPlusConfig config, Kernels kernels) {
    this(config, kernels, new ParameterLayout(), GradMetaNet.CHANNELS);
  }

  /**
   * With its parameters after those that the layout already has, on other neuron features.
   *
   * @param channels numbers of each neuron on each sample
   */
  GradMetaNetPlusPlus(
      GradMetaNetPlusPlusConfig config, Kernels kernels, ParameterLayout layout, int channels) {
    this.channels = channels;
    this.kernels = kernels;
    this.config = config;
    this.layout = layout;
    int width = config.width();
    for (int k = 0; k < config.blocks(); k++) {
      int in = k == 0 ? channels + config.positionWidth() : width;
      blocks.add(AttentionBlock.register(layout, "att." + k, in, width, config.heads()));
    }
    if (config.head() instanceof GradMetaNetConfig.Head.Product head) {
      product =
          new SetProductLayer(
              ProductLayer.register(layout, "prod", width, head),
              config.setSize(),
              config.reduction());
      vector = null;
      vectorBias = null;
    } else {
      int outputs = ((GradMetaNetConfig.Head.Invariant) config.head()).outputs();
      product = null;
      vector = layout.add("vec.M", Initialization.linear(width), outputs, width);
      vectorBias = layout.add("vec.b", Initialization.linear(width), outputs);
    }
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  /** One: a set of gradients is a batch in itself. */
  @Override
  public int groupSize(Architecture architecture) {
    return 1;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The outputs are one vector [1, outputs]; or, with the product head, [d_l · d_{l−1}, outputs]
   * for the weights of each layer, then [d_l, outputs] for its biases.
   */
  @Override
  public Program compile(
      Architecture architecture, Parameters parameters, int capacity, Tape.Mode mode) {
    Tape tape = new Tape(kernels, parameters, capacity, mode);
    return record(tape, architecture).program(tape);
  }

  /** As {@link #compile}, for training, with derivatives by the examples. */
  public Program compileDifferentiable(
      Architecture architecture, Parameters parameters, int capacity) {
    Tape tape = new Tape(kernels, parameters, capacity, Tape.Mode.TRAINING);
    return record(tape, architecture, GradientWanted.YES).program(tape);
  }

  @Override
  public Recording record(Tape tape, Architecture architecture) {
    return record(tape, architecture, GradientWanted.NO);
  }

  private Recording record(Tape tape, Architecture architecture, GradientWanted gradient) {
    NeuronSpace neurons = NeuronSpace.of(architecture);
    GradientSetInput input =
        new GradientSetInput(
            tape,
            architecture,
            neurons,
            channels,
            config.setSize(),
            config.positionWidth(),
            config.head().theta(),
            gradient);
    Tensor x = input.features();
    for (AttentionBlock block : blocks) {
      x = tape.relu(block.apply(tape, x, config.setSize()));
    }
    List<Tensor> outputs = head(tape, neurons, input, x);
    return gradient == GradientWanted.YES
        ? new Recording(input::write, input::readGradient, outputs)
        : new Recording(input::write, null, outputs);
  }

  private List<Tensor> head(Tape tape, NeuronSpace neurons, GradientSetInput input, Tensor x) {
    if (product == null) {
      Tensor total = config.reduction().overRows(tape, x);
      return List.of(tape.affine(vector.matrix(), vectorBias, total));
    }
    List<Tensor> outputs = new ArrayList<>(product.weights(tape, neurons, input, x));
    outputs.addAll(product.biases(tape, neurons, input, x));
    return outputs;
  }
}
