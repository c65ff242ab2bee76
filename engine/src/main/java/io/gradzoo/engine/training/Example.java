package io.gradzoo.engine.training;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.network.Architecture;
import java.io.Serializable;

/**
 * One target network as a metanetwork sees it, with the numbers to predict.
 *
 * @param id of the member; its order breaks every tie
 * @param architecture of the target network
 * @param input what the metanetwork reads
 * @param targets as they were measured, in the units that predictions have: one share in [0, 1], or
 *     one number, or one for every parameter in the order of the flat layout; training rounds them
 *     to float32
 */
@SuppressWarnings("ArrayRecordComponent") // bulk numbers, compared by nobody
public record Example(String id, Architecture architecture, ExampleParts input, double[] targets)
    implements Serializable {

  /** An example with one number to predict. */
  public Example(String id, Architecture architecture, ExampleParts input, double target) {
    this(id, architecture, input, new double[] {target});
  }

  /** The number to predict where there is one. */
  public double target() {
    return targets[0];
  }
}
