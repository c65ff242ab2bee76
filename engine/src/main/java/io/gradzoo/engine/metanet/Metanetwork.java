package io.gradzoo.engine.metanet;

import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;

/**
 * A network whose input is a network: its parameters, and its computation for target networks of
 * one architecture. It records operations on a tape and knows no device that runs them.
 */
public interface Metanetwork {

  /** Its parameters. They do not depend on the architecture of a target network. */
  ParameterLayout layout();

  /**
   * How many networks of an architecture to run through one program together: as many as stay in a
   * core's cache.
   */
  int groupSize(Architecture architecture);

  /**
   * Records the computation for target networks of one architecture.
   *
   * @param tape its parameters contain those of {@link #layout}
   * @throws IllegalArgumentException if the metanetwork was not built for such an architecture,
   *     naming what differs
   */
  Recording record(Tape tape, Architecture architecture);

  /**
   * The program for target networks of one architecture.
   *
   * @param tape a new one; its device runs the program
   * @throws IllegalArgumentException as {@link #record}
   */
  default Program compile(Architecture architecture, Tape tape) {
    return record(tape, architecture).program(tape);
  }
}
