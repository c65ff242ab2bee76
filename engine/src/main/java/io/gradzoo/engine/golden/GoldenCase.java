package io.gradzoo.engine.golden;

import io.gradzoo.engine.tensor.Device;

/** A metanetwork with parameters, inputs and outputs of another program. */
public interface GoldenCase {

  /** What tables call it. */
  String name();

  /** How far the numbers of a device are from the stored ones. */
  GoldenDistance distance(Device device);
}
