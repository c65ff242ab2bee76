package io.gradzoo.jobs.bench;

import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.Locale;

/** Networks whose sample gradients are timed. */
public enum GradientWorkload {
  /** The network of the small-CNN zoo: full gradients of convolutions, positions summed. */
  CNN32("relu:1x32x32:conv16k3s2p0:conv16k3s2p0:conv16k3s2p0:gap:dense10"),
  /** A perceptron on 8×8 images: factors. */
  MLP64("relu:64:dense32:dense32:dense10");

  private final String architecture;

  GradientWorkload(String architecture) {
    this.architecture = architecture;
  }

  /** The networks measured. */
  public LayeredArchitecture architecture() {
    return LayeredArchitecture.parse(architecture);
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
