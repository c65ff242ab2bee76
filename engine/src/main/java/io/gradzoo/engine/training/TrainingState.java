package io.gradzoo.engine.training;

import java.io.Serializable;

/**
 * What training carries from one round to the next, as one flat vector: the parameters, then the
 * optimiser's moments.
 *
 * @param vector [(1 + moment vectors) · parameters]
 * @param parameters count of parameters
 * @param steps steps taken
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record TrainingState(float[] vector, int parameters, long steps) implements Serializable {

  /** The state before the first step. */
  public static TrainingState initial(float[] parameters, TrainingSettings settings) {
    int moments = settings.newOptimizer(parameters.length).moments().length;
    float[] vector = new float[(1 + moments) * parameters.length];
    System.arraycopy(parameters, 0, vector, 0, parameters.length);
    return new TrainingState(vector, parameters.length, 0);
  }

  /** A copy of the parameters. */
  public float[] parameterValues() {
    return java.util.Arrays.copyOf(vector, parameters);
  }

  /** How many moment vectors of the optimiser it has. */
  public int momentVectors() {
    return vector.length / parameters - 1;
  }

  /** The optimiser's moment vectors, copied. */
  float[][] moments() {
    float[][] moments = new float[momentVectors()][parameters];
    for (int i = 0; i < moments.length; i++) {
      System.arraycopy(vector, (i + 1) * parameters, moments[i], 0, parameters);
    }
    return moments;
  }
}
