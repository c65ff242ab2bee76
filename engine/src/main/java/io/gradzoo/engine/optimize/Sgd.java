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
  void update(float[] parameters, float[] gradients, double learningRate) {
    float rate = (float) learningRate;
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] -= rate * gradients[i];
    }
  }
}
