package io.gradzoo.engine.gradient;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.List;

/**
 * Gradient sets as a metanetwork reads them: the pair (a, g) of every neuron of a multilayer
 * perceptron for every sample, [samples, neurons, 2], the layers 0 … L one after the other
 * (GradMetaNet, §3: the decomposed gradient).
 */
public final class NeuronFeatures {
  /** Numbers per neuron: its activation a and its signal g. */
  public static final int WIDTH = 2;

  private NeuronFeatures() {}

  /**
   * Number of neurons, inputs and outputs included.
   *
   * @throws IllegalArgumentException if the network has convolutions
   */
  public static int neurons(LayeredArchitecture architecture) {
    if (!architecture.dense()) {
      throw Fault.of("neuron features")
          .at("network " + architecture)
          .expected("dense layers only")
          .found("convolutions")
          .fix("members = mlp, or a kind that reads convolutions")
          .exception();
    }
    int count = architecture.affineLayers().get(0).in();
    for (AffineLayer layer : architecture.affineLayers()) {
      count += layer.out();
    }
    return count;
  }

  /**
   * Writes the features of a set.
   *
   * @param parameters the network's flat vector from {@code parameterOffset}; read for {@link
   *     Boundary#FULL} only
   * @param factors one per affine layer, in order
   * @param target written from {@code targetOffset}, [samples, neurons, 2]
   */
  public static void write(
      LayeredArchitecture architecture,
      Boundary boundary,
      float[] parameters,
      int parameterOffset,
      List<DenseFactors> factors,
      float[] target,
      int targetOffset) {
    int neurons = neurons(architecture);
    int last = factors.size() - 1;
    for (int n = 0; n < factors.get(0).samples(); n++) {
      int to = targetOffset + n * neurons * WIDTH;
      DenseFactors lowest = factors.get(0);
      int inputs = lowest.layer().in();
      for (int i = 0; i < inputs; i++, to += WIDTH) {
        float x = lowest.inputs()[n * inputs + i];
        target[to] = x;
        target[to + 1] =
            switch (boundary) {
              case DUPLICATE -> x;
              case FULL -> inputSignal(lowest, parameters, parameterOffset, n, i);
              case ZERO -> 0f;
            };
      }
      for (int l = 0; l < last; l++) {
        int width = factors.get(l).layer().out();
        for (int i = 0; i < width; i++, to += WIDTH) {
          target[to] = factors.get(l + 1).inputs()[n * width + i];
          target[to + 1] = factors.get(l).signals()[n * width + i];
        }
      }
      DenseFactors highest = factors.get(last);
      int outputs = highest.layer().out();
      for (int o = 0; o < outputs; o++, to += WIDTH) {
        float g = highest.signals()[n * outputs + o];
        target[to] =
            switch (boundary) {
              case DUPLICATE -> g;
              case FULL -> output(highest, parameters, parameterOffset, n, o);
              case ZERO -> 0f;
            };
        target[to + 1] = g;
      }
    }
  }

  /** ∂ loss_n / ∂x_i = Σ over outputs of g W. */
  private static float inputSignal(
      DenseFactors factors, float[] parameters, int parameterOffset, int n, int i) {
    AffineLayer layer = factors.layer();
    int weight = parameterOffset + layer.weightOffset() + i;
    double sum = 0;
    for (int o = 0; o < layer.out(); o++) {
      sum += (double) factors.signals()[n * layer.out() + o] * parameters[weight + o * layer.in()];
    }
    return (float) sum;
  }

  /** f_o(x_n) = W a + b of the last layer. */
  private static float output(
      DenseFactors factors, float[] parameters, int parameterOffset, int n, int o) {
    AffineLayer layer = factors.layer();
    int weight = parameterOffset + layer.weightOffset() + o * layer.in();
    double sum = parameters[parameterOffset + layer.biasOffset() + o];
    for (int i = 0; i < layer.in(); i++) {
      sum += (double) factors.inputs()[n * layer.in() + i] * parameters[weight + i];
    }
    return (float) sum;
  }
}
