package io.gradzoo.engine.symmetry;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.SplittableRandom;

/**
 * Shifts the phase of hidden neurons of a sine network by half turns: {@code sin(z + kπ) = (−1)^k
 * sin z}, so b → b + kπ / w0 and a weight out of the neuron → (−1)^k W (ScaleGMN, §3).
 *
 * @param halfTurns k, one row per hidden layer
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record PhaseShift(int[][] halfTurns) implements Symmetry {
  private static final int MOST_HALF_TURNS = 3;

  /** Up to three half turns either way. */
  public static PhaseShift random(LayeredArchitecture architecture, long seed) {
    requireSine(architecture);
    SplittableRandom random = new SplittableRandom(seed);
    int[][] halfTurns = new int[Symmetry.hiddenLayers(architecture).size()][];
    for (AffineLayer layer : Symmetry.hiddenLayers(architecture)) {
      halfTurns[layer.index()] =
          random.ints(layer.out(), -MOST_HALF_TURNS, MOST_HALF_TURNS + 1).toArray();
    }
    return new PhaseShift(halfTurns);
  }

  @Override
  public float[] apply(LayeredArchitecture architecture, float[] parameters) {
    requireSine(architecture);
    float[][] signs = signs();
    float[] result = Rescaling.parameters(architecture, signs, parameters);
    double halfTurn = Math.PI / architecture.frequency();
    for (AffineLayer layer : Symmetry.hiddenLayers(architecture)) {
      for (int o = 0; o < layer.out(); o++) {
        int row = layer.weightOffset() + o * layer.fanIn();
        for (int i = row; i < row + layer.fanIn(); i++) {
          result[i] *= signs[layer.index()][o];
        }
        int bias = layer.biasOffset() + o;
        result[bias] = (float) (parameters[bias] + halfTurns[layer.index()][o] * halfTurn);
      }
    }
    return result;
  }

  /** Activations change sign; signals belong to the pre-activations, which are only shifted. */
  @Override
  public float[] applyToFeatures(LayeredArchitecture architecture, float[] features) {
    requireSine(architecture);
    float[] result = Rescaling.features(architecture, signs(), features);
    for (int i = 1; i < features.length; i += 2) {
      result[i] = features[i];
    }
    return result;
  }

  private float[][] signs() {
    float[][] signs = new float[halfTurns.length][];
    for (int l = 0; l < signs.length; l++) {
      signs[l] = new float[halfTurns[l].length];
      for (int i = 0; i < signs[l].length; i++) {
        signs[l][i] = halfTurns[l][i] % 2 == 0 ? 1f : -1f;
      }
    }
    return signs;
  }

  private static void requireSine(LayeredArchitecture architecture) {
    if (architecture.activation() != Activation.SINE) {
      throw Fault.of("phase shifts are no symmetry of " + architecture)
          .expected("activation sine")
          .exception();
    }
  }
}
