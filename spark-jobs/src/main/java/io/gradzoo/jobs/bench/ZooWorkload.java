package io.gradzoo.jobs.bench;

import io.gradzoo.engine.network.LayeredArchitecture;
import java.util.Locale;

/** Members of zoos whose training is timed. */
public enum ZooWorkload {
  /** The network of the small CNN zoo on CIFAR-10. */
  CNN32("relu:1x32x32:conv16k3s2p0:conv16k3s2p0:conv16k3s2p0:gap:dense10", 512),
  /** The same on MNIST. */
  CNN28("relu:1x28x28:conv16k3s2p0:conv16k3s2p0:conv16k3s2p0:gap:dense10", 512),
  /** The CNN of the digits. */
  CNN8("relu:1x8x8:conv6k3s1p0:conv6k3s1p0:conv6k3s1p0:gap:dense10", 64),
  /** A perceptron on 8×8 images. */
  MLP64("relu:64:dense32:dense32:dense10", 64),
  /** A SIREN that is fitted to an image of 28×28 pixels, all of them at every step. */
  SIREN("sine30:2:dense32:dense32:dense1", 784);

  private final String architecture;
  private final int batch;

  ZooWorkload(String architecture, int batch) {
    this.architecture = architecture;
    this.batch = batch;
  }

  /** The network that is trained. */
  public LayeredArchitecture architecture() {
    return LayeredArchitecture.parse(architecture);
  }

  /** Samples of a step: images, or the pixels of one. */
  public int batch() {
    return batch;
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
