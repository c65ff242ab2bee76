package io.gradzoo.engine.editing;

import io.gradzoo.engine.network.Samples;
import java.util.function.ToDoubleFunction;

/**
 * How far a network θ should go toward its edit θ + f(θ): to θ + s f(θ) with the s of {0, 1/16,
 * 1/8, 1/4, 1/2, 3/4, 1} that does best on images, the smallest of equal ones. On these images no
 * network becomes worse. What changes no objective changes no s, so an edit that moves with a
 * symmetry still does.
 *
 * @param measure of such networks
 * @param images by which s is chosen
 * @param objective what is to become small
 */
public record EditSearch(
    EditedNetwork measure, Samples images, ToDoubleFunction<NetworkMeasures> objective) {
  private static final double[] LENGTHS = {0.0625, 0.125, 0.25, 0.5, 0.75, 1};

  /**
   * Where a network ends.
   *
   * @param parameters flat
   * @param length 0 is the network, 1 its edit
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
  public record FoundEdit(float[] parameters, double length) {}

  /**
   * Searches.
   *
   * @param network flat parameters, kept as they are
   * @param edited flat parameters of its edit
   */
  public FoundEdit between(float[] network, float[] edited) {
    FoundEdit best = new FoundEdit(network.clone(), 0);
    double least = value(network);
    for (double length : LENGTHS) {
      float[] on = new float[network.length];
      for (int i = 0; i < on.length; i++) {
        on[i] = (float) (network[i] + length * ((double) edited[i] - network[i]));
      }
      double value = value(on);
      if (value < least) {
        least = value;
        best = new FoundEdit(on, length);
      }
    }
    return best;
  }

  private double value(float[] network) {
    return objective.applyAsDouble(measure.measure(network, images));
  }
}
