package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.metanet.InputGradient;
import io.gradzoo.engine.metanet.LayerMetanetwork;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.GridAxis;
import io.gradzoo.engine.tensor.Initialization;
import io.gradzoo.engine.tensor.Parameter;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;

/**
 * The per-neuron baseline of GradMetaNet: a perceptron of each neuron's features and position code,
 * its mean over the set, and the product layer. A GradMetaNet that has only M₁: neurons and samples
 * see nothing of each other before the product layer.
 *
 * <p>Its examples are neuron features [setSize, N, 2]; its outputs those of a {@link GradMetaNet}
 * with one number for every parameter.
 */
public final class NeuronMlp implements LayerMetanetwork {
  private static final GradMetaNetHead.Product HEAD =
      new GradMetaNetHead.Product(1, GradMetaNetConfig.ThetaInput.NONE);

  private final NeuronMlpSpec spec;
  private final ParameterLayout layout = new ParameterLayout();
  private final Parameter first;
  private final Parameter firstBias;
  private final Parameter second;
  private final Parameter secondBias;
  private final ProductLayer product;

  NeuronMlp(NeuronMlpSpec spec) {
    this.spec = spec;
    int in = NeuronFeatures.WIDTH + spec.positionWidth();
    int width = spec.width();
    first = layout.add("neuron.0.weight", Initialization.linear(in), width, in);
    firstBias = layout.add("neuron.0.bias", Initialization.linear(in), width);
    second = layout.add("neuron.1.weight", Initialization.linear(width), width, width);
    secondBias = layout.add("neuron.1.bias", Initialization.linear(width), width);
    product = ProductLayer.register(layout, "prod", width, HEAD);
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
    NeuronSpace neurons = NeuronSpace.of(architecture);
    GradientSetInput input =
        new GradientSetInput(
            tape,
            architecture,
            neurons,
            NeuronFeatures.WIDTH,
            spec.setSize(),
            spec.positionWidth(),
            HEAD,
            InputGradient.NOT_NEEDED);
    Tensor x = tape.relu(tape.affine(first.matrix(), firstBias, input.features()));
    x = tape.relu(tape.affine(second.matrix(), secondBias, x));
    Tensor h = tape.gridMean(x, spec.setSize(), GridAxis.FIRST);
    return new Recording(input::write, product.apply(tape, neurons, input, h));
  }
}
