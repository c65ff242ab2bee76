package io.gradzoo.engine.metanet.gradmetanet;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.ConvolutionFactors;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.LayerGradients;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;

/**
 * Where things lie in an example of a {@link GradMetaNetConvolution}: for each affine layer its
 * inputs [setSize, in, height, width], for a dense layer [setSize, in]; for each its signals
 * [setSize, positions, out], dense [setSize, out]; then three flat vectors in the layout of the
 * network's parameters: the parameters, the mean gradient of the set, and the root of the mean
 * squared gradient. Signals are those of single samples, not divided by the set size.
 */
public final class ConvolutionSetLayout {
  /** Flat vectors at the end: parameters, mean gradient, root of the mean squared gradient. */
  static final int VECTORS = 3;

  private final LayeredArchitecture architecture;
  private final int setSize;
  private final int[] inputs;
  private final int[] signals;
  private final int parameters;

  /** The layout for sets of so many samples. */
  public ConvolutionSetLayout(LayeredArchitecture architecture, int setSize) {
    this.architecture = architecture;
    this.setSize = setSize;
    int layers = architecture.affineLayers().size();
    this.inputs = new int[layers];
    this.signals = new int[layers];
    int at = 0;
    for (AffineLayer layer : architecture.affineLayers()) {
      inputs[layer.index()] = at;
      at += setSize * layer.input().size();
    }
    for (AffineLayer layer : architecture.affineLayers()) {
      signals[layer.index()] = at;
      at += setSize * layer.output().size();
    }
    this.parameters = at;
  }

  /** Numbers of an example. */
  public int length() {
    return parameters + VECTORS * architecture.parameterCount();
  }

  /** Which numbers are standardised together: those of a layer that mean the same. */
  public InputChannels channels() {
    return InputChannels.of(architecture, setSize, this);
  }

  /** Where the inputs of an affine layer begin. */
  int inputs(int layer) {
    return inputs[layer];
  }

  /** Where the signals of an affine layer begin. */
  int signals(int layer) {
    return signals[layer];
  }

  /** Where the parameters, the mean gradient (1) or the root mean square (2) begin. */
  int vector(int which) {
    return parameters + which * architecture.parameterCount();
  }

  /**
   * An example from a network and its gradient set.
   *
   * @param theta the network's flat parameters
   * @param set gradients of the set's samples, those of convolutions as factors
   * @throws IllegalArgumentException if the set has another size or other gradients of convolutions
   */
  public float[] example(float[] theta, GradientSet set) {
    float[] example = new float[length()];
    if (set.samples() != setSize) {
      throw Fault.of("gradient set of " + architecture)
          .expected(setSize + " samples")
          .found(set.samples())
          .exception();
    }
    for (LayerGradients layer : set.layers()) {
      int index = layer.layer().index();
      if (layer instanceof ConvolutionFactors factors) {
        copy(factors.maps(), example, inputs[index]);
        copy(factors.signals(), example, signals[index]);
      } else if (layer instanceof DenseFactors factors) {
        copy(factors.inputs(), example, inputs[index]);
        copy(factors.signals(), example, signals[index]);
      } else {
        throw Fault.of("gradient set of " + architecture)
            .expected("factors in layer " + index)
            .found("full gradients")
            .fix("extract it with ConvolutionForm.FACTORS")
            .exception();
      }
    }
    float[] squares = set.empiricalFisherDiagonal();
    for (int i = 0; i < squares.length; i++) {
      squares[i] = (float) Math.sqrt(squares[i]);
    }
    copy(theta, example, vector(0));
    copy(set.meanGradient(), example, vector(1));
    copy(squares, example, vector(2));
    return example;
  }

  private static void copy(float[] from, float[] example, int at) {
    System.arraycopy(from, 0, example, at, from.length);
  }
}
