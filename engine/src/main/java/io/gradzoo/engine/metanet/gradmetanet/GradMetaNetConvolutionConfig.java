package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.metanet.LayerMetanetwork;
import io.gradzoo.engine.metanet.MetanetworkSpec;

/**
 * Hyperparameters of a {@link GradMetaNetConvolution}.
 *
 * @param setSize number b of gradients in a set
 * @param kernel side of all kernels of the target networks
 * @param positionWidth width P of the sinusoidal position code, even
 * @param tokenHidden hidden width of the perceptrons of tokens
 * @param tokenWidth numbers that become of a channel's signals, and of its patches
 * @param width hidden width f
 * @param setLayers number k₁ of layers on the gradient set
 * @param neuronLayers number k₂ of layers on the pooled channels
 * @param edgeHidden hidden width of the perceptrons of weights
 * @param nodeHidden hidden width of the perceptron of biases
 * @param reduction sum or mean over set and channels; positions are always summed
 * @param head a vector, or one number for every weight and bias, for which the parameters are read
 */
public record GradMetaNetConvolutionConfig(
    int setSize,
    int kernel,
    int positionWidth,
    int tokenHidden,
    int tokenWidth,
    int width,
    int setLayers,
    int neuronLayers,
    int edgeHidden,
    int nodeHidden,
    Reduction reduction,
    GradMetaNetHead head)
    implements MetanetworkSpec {
  /** The head that says one number for every weight and bias. */
  public static final GradMetaNetHead EVERY_PARAMETER =
      new GradMetaNetHead.Product(1, GradMetaNetConfig.ThetaInput.PARAMETERS);

  public GradMetaNetConvolutionConfig {
    trunk(setSize, positionWidth, width, setLayers, neuronLayers, reduction, head);
    if (!(head instanceof GradMetaNetHead.InvariantVector) && !head.equals(EVERY_PARAMETER)) {
      throw Fault.of("gradmetanet for convolutions")
          .expected("a vector or " + EVERY_PARAMETER)
          .found(head)
          .exception();
    }
    require("kernel", kernel);
    require("token hidden width", tokenHidden);
    require("token width", tokenWidth);
    require("edge hidden width", edgeHidden);
    require("node hidden width", nodeHidden);
  }

  @Override
  public LayerMetanetwork build() {
    return new GradMetaNetConvolution(this);
  }

  /** What shapes the layers between tokens and head. */
  GradMetaNetConfig trunk() {
    return trunk(setSize, positionWidth, width, setLayers, neuronLayers, reduction, head);
  }

  private static GradMetaNetConfig trunk(
      int setSize,
      int positionWidth,
      int width,
      int setLayers,
      int neuronLayers,
      Reduction reduction,
      GradMetaNetHead head) {
    return new GradMetaNetConfig(
        setSize, positionWidth, width, setLayers, neuronLayers, reduction, head);
  }

  /** Numbers k² of a kernel. */
  int patch() {
    return kernel * kernel;
  }

  private static void require(String what, int value) {
    if (value <= 0) {
      throw Fault.of("gradmetanet for convolutions")
          .at(what)
          .expected("a positive number")
          .found(value)
          .exception();
    }
  }
}
