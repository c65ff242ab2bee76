package io.gradzoo.engine.optimize;

import io.gradzoo.engine.fault.Fault;

/** Update rules: those of target networks with Keras' default constants, AdamW with PyTorch's. */
public enum OptimizerKind {
  ADAM,
  ADAMW,
  SGD,
  RMSPROP;

  /**
   * A fresh optimiser for a vector of {@code size} parameters.
   *
   * @param weightDecay decoupled from the gradient; 0 for all but AdamW, which alone has it
   */
  public Optimizer create(int size, double weightDecay) {
    if (this != ADAMW && weightDecay != 0) {
      throw Fault.of("weight decay")
          .expected("0 for all but AdamW")
          .found("%s for %s", weightDecay, name())
          .exception();
    }
    return switch (this) {
      case ADAM -> new Adam(size);
      case ADAMW -> new AdamW(size, weightDecay);
      case SGD -> new Sgd(size);
      case RMSPROP -> new RmsProp(size);
    };
  }
}
