package io.gradzoo.engine.symmetry;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Reorders the neurons or channels of every hidden layer: the new one at i is the old one at {@code
 * order[layer][i]}.
 *
 * @param order one permutation of 0 … width − 1 per hidden layer
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record NeuronPermutation(int[][] order) implements Symmetry {
  public NeuronPermutation {
    for (int[] layer : order) {
      boolean[] seen = new boolean[layer.length];
      for (int i : layer) {
        if (i < 0 || i >= layer.length || seen[i]) {
          throw Fault.of("neuron permutation")
              .expected("each of 0…" + (layer.length - 1) + " once")
              .found(i + " again or out of range")
              .exception();
        }
        seen[i] = true;
      }
    }
  }

  /** Uniform permutations. */
  public static NeuronPermutation random(LayeredArchitecture architecture, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<AffineLayer> hidden = Symmetry.hiddenLayers(architecture);
    int[][] order = new int[hidden.size()][];
    for (int l = 0; l < order.length; l++) {
      order[l] = new int[hidden.get(l).out()];
      for (int i = 0; i < order[l].length; i++) {
        int j = random.nextInt(i + 1);
        order[l][i] = order[l][j];
        order[l][j] = i;
      }
    }
    return new NeuronPermutation(order);
  }

  @Override
  public float[] apply(LayeredArchitecture architecture, float[] parameters) {
    requireWidths(architecture);
    float[] result = parameters.clone();
    for (AffineLayer layer : architecture.affineLayers()) {
      int index = layer.index();
      int[] above = index < order.length ? order[index] : null;
      int[] below = index > 0 ? order[index - 1] : null;
      int places = below == null ? 1 : layer.fanIn() / below.length;
      for (int o = 0; o < layer.out(); o++) {
        int from = above == null ? o : above[o];
        result[layer.biasOffset() + o] = parameters[layer.biasOffset() + from];
        int row = layer.weightOffset() + o * layer.fanIn();
        int oldRow = layer.weightOffset() + from * layer.fanIn();
        for (int i = 0; i < layer.fanIn(); i++) {
          int oldColumn = below == null ? i : below[i / places] * places + i % places;
          result[row + i] = parameters[oldRow + oldColumn];
        }
      }
    }
    return result;
  }

  @Override
  public float[] applyToFeatures(LayeredArchitecture architecture, float[] features) {
    requireWidths(architecture);
    int neurons = NeuronFeatures.neurons(architecture);
    float[] result = features.clone();
    for (int start = 0; start < features.length; start += 2 * neurons) {
      int first = start + 2 * architecture.affineLayers().get(0).in();
      for (int[] layer : order) {
        for (int i = 0; i < layer.length; i++) {
          result[first + 2 * i] = features[first + 2 * layer[i]];
          result[first + 2 * i + 1] = features[first + 2 * layer[i] + 1];
        }
        first += 2 * layer.length;
      }
    }
    return result;
  }

  private void requireWidths(LayeredArchitecture architecture) {
    List<AffineLayer> hidden = Symmetry.hiddenLayers(architecture);
    boolean fits = order.length == hidden.size();
    for (int l = 0; fits && l < order.length; l++) {
      fits = order[l].length == hidden.get(l).out();
    }
    if (!fits) {
      throw Fault.of("neuron permutation")
          .expected("a permutation of each hidden layer of " + architecture)
          .exception();
    }
  }
}
