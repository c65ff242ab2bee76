package io.gradzoo.jobs.baseline;

import io.gradzoo.engine.training.ElementwiseObjective;
import io.gradzoo.engine.training.Objective;
import io.gradzoo.engine.training.OutputDecoder;
import io.gradzoo.jobs.prediction.Prediction;
import java.io.Serializable;
import java.util.List;

/**
 * What networks among the baselines learn, and what settings are chosen by.
 *
 * @param outputs numbers that such a network says of a member
 * @param objective what its training minimises
 * @param decoder what its outputs predict
 * @param goodness by which rounds and settings are chosen
 */
public record LearningAim(
    int outputs, Objective objective, OutputDecoder decoder, Goodness goodness)
    implements Serializable {
  /** Shares, such as accuracies, of which the order counts. */
  static final LearningAim SHARES =
      new LearningAim(
          1,
          new ElementwiseObjective.Share(),
          new ElementwiseObjective.Share(),
          predictions -> Prediction.agreement(predictions).tau());

  /** How good predictions of the validation split are. */
  @FunctionalInterface
  public interface Goodness extends Serializable {
    /**
     * Higher for better ones; NaN if they are not finite.
     *
     * @param predictions at least two
     */
    double judge(List<Prediction> predictions);
  }

  /** The same with another loss. */
  LearningAim with(Objective other) {
    return new LearningAim(outputs, other, decoder, goodness);
  }
}
