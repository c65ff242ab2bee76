package io.gradzoo.engine.pruning;

import io.gradzoo.engine.network.Recipe;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.TrainableNetwork;
import io.gradzoo.engine.network.WrappedTraining;
import java.util.SplittableRandom;

/**
 * A network under training whose pruned parameters are 0 and stay so: their gradient is 0, which
 * moves no parameter under the update rules without decay.
 *
 * @param network that is trained
 * @param mask what stays
 */
public record MaskedTraining(TrainableNetwork network, PruningMask mask)
    implements WrappedTraining {

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
}
