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
import java.util.List;

/**
 * GradMetaNet (Gelberg et al., NeurIPS 2025, eq. 9): a network on sets of gradients of an MLP,
 * invariant to their order and equivariant to permutations of hidden neurons. Its weights depend on
 * no width of the target network.
 *
 * <p>Its examples are neuron features [setSize, N, 2], followed by the flat parameters of the
 * target network if the product layer reads them.
 */
public final class GradMetaNet implements GradientNetwork {
  /** A GradMetaNet. */
  public record Spec(GradMetaNetConfig config) implements MetanetworkSpec {
    @Override
    public Metanetwork build() {
      return new GradMetaNet(config);
    }
  }

  /** Features of a neuron, if not others are asked for: its activation and its signal. */
  static final int CHANNELS = 2;

  private final GradMetaNetConfig config;
  private final int channels;
  private final ParameterLayout layout;
  private final Trunk trunk;
  private final ProductLayer product;
  private final Parameter vector;
  private final Parameter vectorBias;
  private final Kernels kernels;

  public GradMetaNet(GradMetaNetConfig config) {
    this(config, CpuKernels.best());
  }

  /** On kernels of the caller's choice. */
  public GradMetaNet(GradMetaNetConfig config, Kernels kernels) {
    this(config, kernels, new ParameterLayout(), CHANNELS);
  }

  /**
   * With its parameters after those that the layout already has, on other neuron features.
   *
   * @param channels numbers of each neuron on each sample
   */
  GradMetaNet(GradMetaNetConfig config, Kernels kernels, ParameterLayout layout, int channels) {
    this.channels = channels;
    this.kernels = kernels;
    this.config = config;
    this.layout = layout;
    int width = config.width();
    trunk = Trunk.register(layout, config, channels + config.positionWidth());
    if (config.head() instanceof GradMetaNetConfig.Head.Product head) {
      product = ProductLayer.register(layout, "prod", width, head);
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
    Tensor h = trunk.apply(tape, input.features(), config);
    List<Tensor> outputs = head(tape, neurons, input, h);
    return gradient == GradientWanted.YES
        ? new Recording(input::write, input::readGradient, outputs)
        : new Recording(input::write, null, outputs);
  }

  private List<Tensor> head(Tape tape, NeuronSpace neurons, GradientSetInput input, Tensor h) {
    if (product == null) {
      return List.of(
          tape.affine(vector.matrix(), vectorBias, config.reduction().overRows(tape, h)));
    }
    return product.apply(tape, neurons, input, h);
  }
}
