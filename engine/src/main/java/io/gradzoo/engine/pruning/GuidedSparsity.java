package io.gradzoo.engine.pruning;

import io.gradzoo.engine.optimize.Optimizer;
import io.gradzoo.engine.optimize.OptimizerKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a network sparse by what a predictor of accuracies says, without looking at an image:
 * descent on {@code l1 · ‖θ‖₁ − ŷ(θ) + nearness · ‖θ − θ₀‖² / ‖θ₀‖²}, after each step of which
 * weights below a threshold are 0 for good.
 *
 * <p>A predictor can be exploited: far from networks like those it was trained on, it says
 * anything. The last term keeps θ near the network it started from, which was one of them.
 *
 * @param predictor of accuracies
 * @param l1 weight of the norm
 * @param nearness weight of the distance from the start; 0 for none
 */
public record GuidedSparsity(PredictedAccuracy predictor, double l1, double nearness) {
  /** Weights below it go. */
  public static final float THRESHOLD = 1e-3f;

  private static final double RATE = 1e-3;
  private static final int MOST_STEPS = 1500;

  /**
   * Descends until each of some shares of the weights is gone, or {@value #MOST_STEPS} steps are
   * made; what is missing then goes by magnitude.
   *
   * @param start flat parameters, kept as they are
   * @param sparsities shares in [0, 1], rising
   * @return a network for each of them
   */
  public List<float[]> run(float[] start, List<Double> sparsities) {
    float[] network = start.clone();
    float[] gradient = new float[start.length];
    boolean[] gone = new boolean[start.length];
    Optimizer optimizer = OptimizerKind.ADAM.create(start.length, 0);
    List<float[]> sparse = new ArrayList<>();
    int zeros = 0;
    int steps = 0;
    for (double sparsity : sparsities) {
      int wanted = (int) Math.round(sparsity * start.length);
      for (; steps < MOST_STEPS && zeros < wanted; steps++) {
        differentiate(start, network, gradient);
        optimizer.step(network, gradient, RATE);
        zeros = clear(network, gone);
      }
      float[] reached = network.clone();
      PruningMask.ofLargest(reached, sparsity).apply(reached);
      sparse.add(reached);
    }
    return sparse;
  }

  /** Small weights become 0 for good; how many are. */
  private static int clear(float[] network, boolean[] gone) {
    int zeros = 0;
    for (int i = 0; i < network.length; i++) {
      gone[i] |= Math.abs(network[i]) < THRESHOLD;
      if (gone[i]) {
        network[i] = 0;
        zeros++;
      }
    }
    return zeros;
  }

  /**
   * The objective and its gradient.
   *
   * @param start what the network is kept near to
   * @param gradient written, [parameters]
   */
  double differentiate(float[] start, float[] network, float[] gradient) {
    double value = -predictor.differentiate(network, gradient);
    double length = 0;
    for (float weight : start) {
      length += (double) weight * weight;
    }
    double near = nearness / length;
    for (int i = 0; i < network.length; i++) {
      double away = (double) network[i] - start[i];
      value += l1 * Math.abs(network[i]) + near * away * away;
      gradient[i] = (float) (-gradient[i] + l1 * Math.signum(network[i]) + 2 * near * away);
    }
    return value;
  }
}
