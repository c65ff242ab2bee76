package io.gradzoo.engine.optimize;

/** Plain gradient descent, θ −= η g: Keras' default SGD, which has no momentum. */
public final class Sgd extends Optimizer {

  /**
   * @param size length of the parameter vector
   */
  public Sgd(int size) {
    super(size, 0);
  }

  @Override
  void set(float[] of, double learningRate) {
    set(of, Coefficient.RATE, learningRate);
  }
}
