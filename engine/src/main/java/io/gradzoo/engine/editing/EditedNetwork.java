package io.gradzoo.engine.editing;

import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.TrainableLayers;
import io.gradzoo.engine.network.TrainableNetwork.LossAndAccuracy;
import java.util.Arrays;

/**
 * Networks of one architecture under the objective of edits, cross-entropy plus {@code l1 · ‖θ‖₁}:
 * its value, its gradient, and what else is measured. Not thread-safe.
 */
public final class EditedNetwork {
  /** Weights below this are as good as none (0.01, a tenth of a typical weight). */
  public static final double SMALL = 0.01;

  private final TrainableLayers network;
  private final double l1;
  private int[] rows = {};

  /**
   * @param l1 weight of the norm
   */
  public EditedNetwork(LayeredArchitecture architecture, double l1) {
    this.network = new TrainableLayers(architecture);
    this.l1 = l1;
  }

  /**
   * Refuses images that its networks cannot read.
   *
   * @throws IllegalArgumentException naming what differs
   */
  public void requireFit(Samples images) {
    network.requireFit("images", images);
  }

  /**
   * How good a network is.
   *
   * @param parameters flat
   */
  public NetworkMeasures measure(float[] parameters, Samples images) {
    if (rows.length != images.size()) {
      rows = new int[images.size()];
      Arrays.setAll(rows, i -> i);
    }
    LossAndAccuracy onImages = network.evaluate(parameters, images, rows);
    return NetworkMeasures.of(onImages, parameters, l1);
  }

  /**
   * The objective on some images and its gradient.
   *
   * @param parameters flat
   * @param order rows of the images, of which the first {@code batch} count
   * @param gradient by the parameters, written
   */
  double differentiate(
      float[] parameters, Samples images, int[] order, int batch, float[] gradient) {
    Arrays.fill(gradient, 0f);
    double loss = network.accumulate(parameters, images, order, 0, batch, null, gradient) / batch;
    if (l1 == 0) {
      return loss;
    }
    addNormGradient((float) l1, parameters, gradient);
    return loss + l1 * NetworkMeasures.norm(parameters);
  }

  /** Adds the derivative of {@code l1 · ‖θ‖₁}; 0 of what is 0. */
  static void addNormGradient(float l1, float[] parameters, float[] gradient) {
    for (int i = 0; i < parameters.length; i++) {
      gradient[i] += l1 * Math.signum(parameters[i]);
    }
  }
}
