package io.gradzoo.engine.optimize;

import io.gradzoo.engine.fault.Fault;

/**
 * Update rule over one flat parameter vector, with its state: moment vectors of the same length and
 * the number of steps taken. The state is plain arrays, so that it can be averaged, stored and put
 * back; a restored optimiser continues exactly as the original would have.
 *
 * <p>All rules are one formula with other {@link Coefficient}s, which the host and devices compute
 * alike. Of a parameter θ with gradient g:
 *
 * <pre>
 *   m ← keepFirst · m + takeFirst · g       (g itself without first moments)
 *   v ← keepSecond · v + takeSecond · g²
 *   θ ← θ − (decay · θ + rate · m / (√v · correction + ε))       (θ − rate · g without second moments)
 * </pre>
 */
public abstract sealed class Optimizer permits Adam, AdamW, RmsProp, Sgd {
  private final int size;
  private final float[][] moments;
  private final float[] coefficients = new float[Coefficient.values().length];
  private long steps;

  /**
   * Numbers of the formula, by their places in an array; those of {@code update} in the kernels.
   */
  public enum Coefficient {
    /** Share of the first moment that stays. */
    KEEP_FIRST(0),
    /** Share of the gradient in the first moment. */
    TAKE_FIRST(1),
    /** Share of the second moment that stays. */
    KEEP_SECOND(2),
    /** Share of the squared gradient in the second moment. */
    TAKE_SECOND(3),
    /** Learning rate times weight decay. */
    DECAY(4),
    /** Learning rate, with the first moment's correction. */
    RATE(5),
    /** Of the root of the second moment. */
    CORRECTION(6),
    /** ε, which keeps the quotient finite. */
    EPSILON(7);

    private final int place;

    Coefficient(int place) {
      this.place = place;
    }

    float in(float[] coefficients) {
      return coefficients[place];
    }
  }

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
    float[] of = next(learningRate);
    switch (moments.length) {
      case 0 -> descend(of, parameters, gradients);
      case 1 -> descend(of, parameters, gradients, moments[0]);
      default -> descend(of, parameters, gradients, moments[0], moments[1]);
    }
  }

  /**
   * Counts a step that is made elsewhere, on a device that has the parameters and the moments.
   *
   * @return the step's {@link Coefficient}s, until the next call
   */
  public final float[] next(double learningRate) {
    steps++;
    set(coefficients, learningRate);
    return coefficients;
  }

  /** Sets the coefficients of step {@link #steps}. */
  abstract void set(float[] of, double learningRate);

  static void set(float[] of, Coefficient which, double value) {
    of[which.place] = (float) value;
  }

  private static void descend(float[] of, float[] parameters, float[] gradients) {
    float rate = Coefficient.RATE.in(of);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] -= rate * gradients[i];
    }
  }

  private static void descend(float[] of, float[] parameters, float[] gradients, float[] v) {
    float keep = Coefficient.KEEP_SECOND.in(of);
    float take = Coefficient.TAKE_SECOND.in(of);
    float decay = Coefficient.DECAY.in(of);
    float rate = Coefficient.RATE.in(of);
    float correction = Coefficient.CORRECTION.in(of);
    float epsilon = Coefficient.EPSILON.in(of);
    for (int i = 0; i < parameters.length; i++) {
      float g = gradients[i];
      v[i] = keep * v[i] + take * g * g;
      float root = (float) Math.sqrt(v[i]) * correction + epsilon;
      parameters[i] -= decay * parameters[i] + rate * g / root;
    }
  }

  private static void descend(
      float[] of, float[] parameters, float[] gradients, float[] m, float[] v) {
    float keep1 = Coefficient.KEEP_FIRST.in(of);
    float take1 = Coefficient.TAKE_FIRST.in(of);
    float keep2 = Coefficient.KEEP_SECOND.in(of);
    float take2 = Coefficient.TAKE_SECOND.in(of);
    float decay = Coefficient.DECAY.in(of);
    float rate = Coefficient.RATE.in(of);
    float correction = Coefficient.CORRECTION.in(of);
    float epsilon = Coefficient.EPSILON.in(of);
    for (int i = 0; i < parameters.length; i++) {
      float g = gradients[i];
      m[i] = keep1 * m[i] + take1 * g;
      v[i] = keep2 * v[i] + take2 * g * g;
      float root = (float) Math.sqrt(v[i]) * correction + epsilon;
      parameters[i] -= decay * parameters[i] + rate * m[i] / root;
    }
  }

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
