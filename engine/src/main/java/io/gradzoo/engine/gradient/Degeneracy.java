package io.gradzoo.engine.gradient;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a gradient set lies in the exceptional set E of GradMetaNet's universality (Thm 6.2):
 * sets in which two neurons of a layer have the same sums Σ_n a and Σ_n g, and so the same outputs
 * whatever is learned. Dead neurons, without activation and signal on the whole set, are the common
 * case.
 *
 * @param layers one per hidden layer, from the lowest
 */
public record Degeneracy(List<LayerDegeneracy> layers) implements Serializable {
  private static final double EQUAL = 1e-6;

  public Degeneracy {
    layers = List.copyOf(layers);
  }

  /**
   * One hidden layer's counts.
   *
   * @param neurons of the layer
   * @param dead neurons with a = 0 and g = 0 on every sample
   * @param equalPairs pairs of neurons whose sums over the set agree to 1e-6 of the layer's
   *     largest; dead neurons make such pairs
   */
  public record LayerDegeneracy(int layer, int neurons, int dead, int equalPairs)
      implements Serializable {}

  /**
   * The counts of a set of a multilayer perceptron.
   *
   * @param factors one per affine layer, in order
   * @throws IllegalArgumentException if the architecture has convolutions
   */
  public static Degeneracy of(LayeredArchitecture architecture, List<DenseFactors> factors) {
    requireMlp(architecture);
    List<LayerDegeneracy> layers = new ArrayList<>();
    for (int l = 0; l + 1 < factors.size(); l++) {
      AffineLayer layer = factors.get(l).layer();
      Sums activations = Sums.of(factors.get(l + 1).inputs(), layer.out());
      Sums signals = Sums.of(factors.get(l).signals(), layer.out());
      layers.add(count(l, layer.out(), activations, signals));
    }
    return new Degeneracy(layers);
  }

  /**
   * The counts of a whole gradient set.
   *
   * @throws IllegalArgumentException if the architecture has convolutions
   */
  public static Degeneracy of(GradientSet set) {
    requireMlp(set.architecture());
    return of(
        set.architecture(), set.layers().stream().map(layer -> (DenseFactors) layer).toList());
  }

  /** Dead neurons of all layers. */
  public int dead() {
    return layers.stream().mapToInt(LayerDegeneracy::dead).sum();
  }

  /** Whether the set lies in E. */
  public boolean degenerate() {
    return layers.stream().anyMatch(layer -> layer.equalPairs() > 0);
  }

  private static void requireMlp(LayeredArchitecture architecture) {
    if (!architecture.mlp()) {
      throw Fault.of("degenerate neurons")
          .at("network " + architecture)
          .expected("dense layers only")
          .found("convolutions")
          .exception();
    }
  }

  private static LayerDegeneracy count(int layer, int neurons, Sums activations, Sums signals) {
    int dead = 0;
    int equalPairs = 0;
    for (int i = 0; i < neurons; i++) {
      dead += activations.zero(i) && signals.zero(i) ? 1 : 0;
      for (int j = 0; j < i; j++) {
        equalPairs += activations.equal(i, j) && signals.equal(i, j) ? 1 : 0;
      }
    }
    return new LayerDegeneracy(layer, neurons, dead, equalPairs);
  }

  /** Σ and Σ |·| over the set of each neuron's number. */
  private record Sums(double[] sums, double[] absolutes, double largest) {

    /**
     * @param x [samples, width]
     */
    static Sums of(float[] x, int width) {
      double[] sums = new double[width];
      double[] absolutes = new double[width];
      double largest = 0;
      for (int i = 0; i < x.length; i++) {
        sums[i % width] += x[i];
        absolutes[i % width] += Math.abs(x[i]);
        largest = Math.max(largest, absolutes[i % width]);
      }
      return new Sums(sums, absolutes, largest);
    }

    boolean zero(int neuron) {
      return absolutes[neuron] == 0;
    }

    boolean equal(int i, int j) {
      return Math.abs(sums[i] - sums[j]) <= EQUAL * largest;
    }
  }
}
