package io.gradzoo.engine.pruning;

import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.Recipe;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.TrainableNetwork;
import java.util.SplittableRandom;

/**
 * A network under training whose pruned parameters are 0 and stay so: their gradient is 0, which
 * moves no parameter under the update rules without decay.
 *
 * @param network that is trained
 * @param mask what stays
 */
public record MaskedTraining(TrainableNetwork network, PruningMask mask)
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
    float[] start = network.begin(recipe, random);
    mask.apply(start);
    return start;
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
    mask.apply(gradient);
    return loss;
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
