package io.gradzoo.engine.symmetry;

import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.Arrays;
import java.util.List;

/**
 * Chooses one network among all those that {@link PositiveScaling}s of a ReLU network lead to, and
 * says how large a change of each of its parameters may be. All of it is in closed form, so that a
 * rescaling by q multiplies it exactly as it does the network.
 *
 * <p>With a the norm of what reaches a neuron, {@code a_i² = Σ_j ‖w_ij‖² a_j² + b_i²}, 1 at the
 * inputs, d that of what leaves it, {@code d_j² = Σ_i ‖w_ij‖² d_i²}, and p the mean norm of the
 * outputs' a, the gauge is {@code c_i = a_i p^(−l/L)} in layer l of L: a_i and c_i are multiplied
 * by q_i, d_i is divided by it, and p and the products a_i d_i stay. In the network {@code w_ij c_j
 * / c_i, b_i / c_i} all layers have about the same norm.
 *
 * <p>Weight decay may leave nothing of a neuron, 10⁻²⁰ and less, which no rescaling makes large
 * again without making the rest small. What passes through it is a_i d_i; {@code ρ_i = s² / (s² +
 * ε²)} with {@code s = a_i d_i / p} and ε = 10⁻³ is about 1 for those that work and 0 for those
 * that have vanished.
 */
public final class BalancedGauge {
  private static final double VANISHED = 1e-3;

  private final LayeredArchitecture architecture;
  private final double[][] factors;
  private final double[][] working;

  private BalancedGauge(LayeredArchitecture architecture, double[][] factors, double[][] working) {
    this.architecture = architecture;
    this.factors = factors;
    this.working = working;
  }

  /**
   * The gauge of a network.
   *
   * @param parameters flat, finite; each layer reads as many channels as the one below it has
   */
  public static BalancedGauge of(LayeredArchitecture architecture, float[] parameters) {
    List<AffineLayer> layers = architecture.affineLayers();
    int depth = layers.size();
    double[][] norms = new double[depth][];
    double[][] reaching = new double[depth + 1][];
    reaching[0] = filled(layers.get(0).in(), 1);
    for (int l = 0; l < depth; l++) {
      norms[l] = squaredNorms(layers.get(l), parameters);
      reaching[l + 1] = reaching(layers.get(l), norms[l], parameters, reaching[l]);
    }
    double[][] leaving = new double[depth + 1][];
    leaving[depth] = filled(architecture.outputs(), 1 / Math.sqrt(architecture.outputs()));
    for (int l = depth - 1; l >= 0; l--) {
      leaving[l] = leaving(layers.get(l), norms[l], leaving[l + 1]);
    }
    double whole =
        Math.sqrt(Arrays.stream(reaching[depth]).map(a -> a * a).average().orElseThrow());
    double[][] factors = new double[depth + 1][];
    double[][] working = new double[depth + 1][];
    for (int l = 0; l <= depth; l++) {
      boolean hidden = l > 0 && l < depth;
      int neurons = reaching[l].length;
      factors[l] = filled(neurons, 1);
      working[l] = filled(neurons, 1);
      for (int i = 0; hidden && i < neurons; i++) {
        double passes = whole == 0 ? 0 : reaching[l][i] * leaving[l][i] / whole;
        factors[l][i] = whole == 0 ? 0 : reaching[l][i] * Math.pow(whole, -(double) l / depth);
        working[l][i] = passes * passes / (passes * passes + VANISHED * VANISHED);
      }
    }
    return new BalancedGauge(architecture, factors, working);
  }

  /**
   * The network of the gauge, which is the same for all that a rescaling leads to, up to rounding.
   *
   * @param parameters those that it is the gauge of
   * @param result output, as long as the parameters
   */
  public void canonical(float[] parameters, float[] result) {
    for (AffineLayer layer : architecture.affineLayers()) {
      double[] sources = factors[layer.index()];
      double[] targets = factors[layer.index() + 1];
      int window = layer.kernel() * layer.kernel();
      for (int o = 0; o < layer.out(); o++) {
        double divided = inverse(targets[o]);
        int bias = layer.biasOffset() + o;
        result[bias] = (float) (parameters[bias] * divided);
        for (int i = 0; i < layer.in(); i++) {
          int at = layer.weightOffset() + (o * layer.in() + i) * window;
          for (int k = at; k < at + window; k++) {
            result[k] = (float) (parameters[k] * sources[i] * divided);
          }
        }
      }
    }
  }

  /**
   * Size of a change at a neuron as the end of its weights and in its bias, {@code ρ_i c_i}: a
   * rescaling multiplies it by q_i. 1 at the outputs.
   *
   * @param layer of neurons, 0 … L
   */
  public double asTarget(int layer, int neuron) {
    return working[layer][neuron] * factors[layer][neuron];
  }

  /**
   * Size of a change at a neuron as the start of weights, {@code ρ_j / c_j}: a rescaling divides it
   * by q_j. 1 at the inputs.
   *
   * @param layer of neurons, 0 … L
   */
  public double asSource(int layer, int neuron) {
    return working[layer][neuron] * inverse(factors[layer][neuron]);
  }

  /** By [out, in]. */
  private static double[] squaredNorms(AffineLayer layer, float[] parameters) {
    int window = layer.kernel() * layer.kernel();
    double[] norms = new double[layer.out() * layer.in()];
    for (int i = 0; i < norms.length; i++) {
      int at = layer.weightOffset() + i * window;
      for (int k = at; k < at + window; k++) {
        norms[i] += (double) parameters[k] * parameters[k];
      }
    }
    return norms;
  }

  private static double[] reaching(
      AffineLayer layer, double[] norms, float[] parameters, double[] below) {
    double[] reaching = new double[layer.out()];
    for (int o = 0; o < layer.out(); o++) {
      double bias = parameters[layer.biasOffset() + o];
      double sum = bias * bias;
      for (int i = 0; i < layer.in(); i++) {
        sum += norms[o * layer.in() + i] * below[i] * below[i];
      }
      reaching[o] = Math.sqrt(sum);
    }
    return reaching;
  }

  private static double[] leaving(AffineLayer layer, double[] norms, double[] above) {
    double[] leaving = new double[layer.in()];
    for (int i = 0; i < layer.in(); i++) {
      double sum = 0;
      for (int o = 0; o < layer.out(); o++) {
        sum += norms[o * layer.in() + i] * above[o] * above[o];
      }
      leaving[i] = Math.sqrt(sum);
    }
    return leaving;
  }

  /** 1 / c; 0 of a neuron that nothing reaches, whose weights are all 0. */
  private static double inverse(double factor) {
    return factor == 0 ? 0 : 1 / factor;
  }

  private static double[] filled(int length, double value) {
    double[] filled = new double[length];
    Arrays.fill(filled, value);
    return filled;
  }
}
