package io.gradzoo.engine.metanet;

import io.gradzoo.engine.network.TargetArchitecture;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;

/**
 * A network whose input is a network: its parameters, and how it is laid out for target networks of
 * one architecture.
 */
public interface Metanetwork {

  /** Its parameters. They do not depend on the architecture of a target network. */
  ParameterLayout layout();

  /**
   * How many networks of an architecture to run through one program together: as many as stay in a
   * core's cache.
   */
  int groupSize(TargetArchitecture architecture);

  /**
   * Records the computation for target networks of one architecture.
   *
   * @param parameters values and gradients in the order of {@link #layout}
   * @param capacity the most networks of one pass
   * @throws IllegalArgumentException if the metanetwork was not built for such an architecture,
   *     naming what differs
   */
  Program compile(
      TargetArchitecture architecture, Parameters parameters, int capacity, Tape.Mode mode);
}
