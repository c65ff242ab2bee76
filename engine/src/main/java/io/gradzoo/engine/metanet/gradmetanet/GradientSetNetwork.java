package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.metanet.InputGradient;
import io.gradzoo.engine.metanet.LayerMetanetwork;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.List;

/**
 * What both GradMetaNets are: an embedding of every neuron of every gradient of a set, and a head.
 */
abstract class GradientSetNetwork implements LayerMetanetwork {
  private final GradientNetworkConfig config;
  private final ParameterLayout layout;
  private final int channels;

  /**
   * @param channels numbers of each neuron on each sample
   */
  GradientSetNetwork(GradientNetworkConfig config, ParameterLayout layout, int channels) {
    this.config = config;
    this.layout = layout;
    this.channels = channels;
  }

  /**
   * @param features with position codes, [setSize · N, channels + P]
   * @return [setSize · N, f]
   */
  abstract Tensor embed(Tape tape, Tensor features);

  /** What reads the embedding. */
  abstract GradientHead head();

  @Override
  public final ParameterLayout layout() {
    return layout;
  }

  /** One: a set of gradients is a batch in itself. */
  @Override
  public final int groupSize(LayeredArchitecture architecture) {
    return 1;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The outputs are one vector [1, outputs]; or, where there is one for every parameter, [d_l ·
   * d_{l−1}, outputs] for the weights of each layer, then [d_l, outputs] for its biases.
   */
  @Override
  public final Recording record(Tape tape, LayeredArchitecture architecture) {
    return record(tape, architecture, InputGradient.NOT_NEEDED);
  }

  /**
   * As {@link #record}, with derivatives by the examples.
   *
   * @throws IllegalArgumentException if the head is {@link GradMetaNetHead.Reweighting}
   */
  public final Recording recordDifferentiable(Tape tape, LayeredArchitecture architecture) {
    return record(tape, architecture, InputGradient.NEEDED);
  }

  private Recording record(Tape tape, LayeredArchitecture architecture, InputGradient gradient) {
    NeuronSpace neurons = NeuronSpace.of(architecture);
    GradientSetInput input =
        new GradientSetInput(
            tape,
            architecture,
            neurons,
            channels,
            config.setSize(),
            config.positionWidth(),
            config.head(),
            gradient);
    Tensor x = embed(tape, input.features());
    List<Tensor> outputs = head().apply(tape, neurons, input, x);
    return gradient == InputGradient.NEEDED
        ? new Recording(input::write, input::readGradient, outputs)
        : new Recording(input::write, outputs);
  }
}
