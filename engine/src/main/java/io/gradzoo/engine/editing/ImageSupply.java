package io.gradzoo.engine.editing;

import io.gradzoo.engine.network.Samples;
import java.io.Serializable;

/**
 * The images that edited networks are shown. It travels to executors; equal supplies are equal
 * values, and have the same images.
 */
public interface ImageSupply extends Serializable {
  /** Those that a minibatch is drawn from. */
  Samples training();

  /** Those by which edited networks are judged; none of them is drawn. */
  Samples judging();
}
