package io.gradzoo.engine.optimize;

/** The update rules a target network can be trained with, each with Keras' default constants. */
public enum OptimizerKind {
  ADAM,
  SGD,
  RMSPROP;

  /** A fresh optimiser for a vector of {@code size} parameters. */
  public Optimizer create(int size) {
    return switch (this) {
      case ADAM -> new Adam(size);
      case SGD -> new Sgd(size);
      case RMSPROP -> new RmsProp(size);
    };
  }
}
