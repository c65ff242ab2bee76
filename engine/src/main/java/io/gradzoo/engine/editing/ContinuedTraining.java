package io.gradzoo.engine.editing;

import io.gradzoo.engine.network.Recipe;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.TrainableNetwork;
import io.gradzoo.engine.network.WrappedTraining;
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
    implements WrappedTraining {

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
}
