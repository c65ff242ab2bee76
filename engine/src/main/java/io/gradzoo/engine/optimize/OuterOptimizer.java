package io.gradzoo.engine.optimize;

import io.gradzoo.engine.fault.Fault;
import java.io.Serializable;

/**
 * Descent of the averaged parameters from round to round: what a round moved them by is taken for a
 * gradient, and Nesterov momentum follows it (BMUF, Chen and Huo 2016; DiLoCo, Douillard et al.
 * 2023). With d = before − averaged and velocity v: v ← μ v + d, θ = before − η (d + μ v).
 *
 * @param learningRate η, positive
 * @param momentum μ, in [0, 1)
 */
public record OuterOptimizer(double learningRate, double momentum) implements Serializable {
  /** The averaged parameters as they are: η = 1, μ = 0. */
  public static final OuterOptimizer AVERAGE = new OuterOptimizer(1, 0);

  public OuterOptimizer {
    if (!(learningRate > 0) || !Double.isFinite(learningRate)) {
      throw Fault.of("outer learning rate")
          .expected("a positive number")
          .found(learningRate)
          .exception();
    }
    if (!(momentum >= 0 && momentum < 1)) {
      throw Fault.of("outer momentum").expected("0 or more, below 1").found(momentum).exception();
    }
  }

  /** Length of the velocity for so many parameters: none is kept without momentum. */
  public int velocities(int parameters) {
    return momentum == 0 ? 0 : parameters;
  }

  /**
   * One step, in place.
   *
   * @param before parameters at the beginning of the round, [size]
   * @param averaged what the shards came to, at least [size]; the first become the parameters of
   *     the next round
   * @param velocity [size], or [0] without momentum; changed
   */
  public void step(float[] before, float[] averaged, float[] velocity) {
    for (int i = 0; i < before.length; i++) {
      double difference = (double) before[i] - averaged[i];
      double direction = difference;
      if (momentum != 0) {
        velocity[i] = (float) (momentum * velocity[i] + difference);
        direction += momentum * velocity[i];
      }
      averaged[i] = (float) (before[i] - learningRate * direction);
    }
  }
}
