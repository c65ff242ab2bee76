package io.gradzoo.engine.editing;

import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.Recipe;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.TrainableNetwork;
import java.util.SplittableRandom;

/**
 * A network under training that starts from given parameters, with {@code l1 · ‖θ‖₁} added to its
 * loss: what a pass of a metanetwork is compared with.
 *
 * @param network runs it
 * @param start flat parameters, kept as they are
 * @param l1 weight of the norm, 0 for none
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record ContinuedTraining(TrainableNetwork network, float[] start, double l1)
    implements TrainableNetwork {

  @Override
  public Architecture architecture() {
    return network.architecture();
  }

  @Override
  public void requireFit(String what, Samples samples) {
    network.requireFit(what, samples);
  }

  @Override
  public float[] begin(Recipe recipe, SplittableRandom random) {
    return start.clone();
  }

  @Override
  public double accumulate(
      float[] parameters,
      Samples samples,
      int[] order,
      int first,
      int batch,
      SplittableRandom dropout,
      float[] gradient) {
    double loss = network.accumulate(parameters, samples, order, first, batch, dropout, gradient);
    EditedNetwork.addNormGradient((float) l1, parameters, gradient);
    return loss + batch * l1 * NetworkMeasures.norm(parameters);
  }

  @Override
  public void addPenalty(float slope, float[] parameters, float[] gradient) {
    network.addPenalty(slope, parameters, gradient);
  }

  @Override
  public LossAndAccuracy evaluate(float[] parameters, Samples samples, int[] rows) {
    return network.evaluate(parameters, samples, rows);
  }
}
