package io.gradzoo.engine.optimize;

import io.gradzoo.engine.fault.Fault;

/**
 * Update rule over one flat parameter vector, with its state: moment vectors of the same length and
 * the number of steps taken. The state is plain arrays, so that it can be averaged, stored and put
 * back; a restored optimiser continues exactly as the original would have.
 */
public abstract sealed class Optimizer permits Adam, AdamW, RmsProp, Sgd {
  private final int size;
  private final float[][] moments;
  private long steps;

  Optimizer(int size, int momentCount) {
    this.size = size;
    this.moments = new float[momentCount][size];
  }

  /**
   * One update in place.
   *
   * @param parameters [size], changed
   * @param gradients [size]
   * @param learningRate the rate of this step
   */
  public final void step(float[] parameters, float[] gradients, double learningRate) {
    requireSize("parameters", parameters.length);
    requireSize("gradients", gradients.length);
    steps++;
    update(parameters, gradients, learningRate);
  }

  abstract void update(float[] parameters, float[] gradients, double learningRate);

  /** The state itself, not a copy: [moment vectors, size]; empty for plain gradient descent. */
  public final float[][] moments() {
    return moments;
  }

  /** Steps taken so far. */
  public final long steps() {
    return steps;
  }

  /**
   * Puts a stored state back.
   *
   * @param moments [moment vectors, size], copied
   * @param steps steps taken when it was stored
   * @throws IllegalArgumentException if the state is of another shape
   */
  public final void restore(float[][] moments, long steps) {
    if (moments.length != this.moments.length) {
      throw Fault.of("optimiser state")
          .expected(this.moments.length + " moment vectors")
          .found(moments.length)
          .exception();
    }
    if (steps < 0) {
      throw Fault.of("optimiser state").expected("steps >= 0").found(steps).exception();
    }
    for (float[] moment : moments) {
      requireSize("a moment vector", moment.length);
    }
    for (int i = 0; i < moments.length; i++) {
      System.arraycopy(moments[i], 0, this.moments[i], 0, size);
    }
    this.steps = steps;
  }

  private void requireSize(String what, int length) {
    if (length != size) {
      throw Fault.of("optimiser")
          .expected(what + " of " + size + " numbers")
          .found(length)
          .exception();
    }
  }
}
