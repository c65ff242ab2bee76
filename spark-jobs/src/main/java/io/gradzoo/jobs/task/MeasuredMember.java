package io.gradzoo.jobs.task;

import io.gradzoo.engine.gradient.LayerMoments;
import io.gradzoo.engine.network.Architecture;

/** Stored measurements of a member that are not model inputs, each read on demand. */
public interface MeasuredMember {
  /** Its architecture. */
  Architecture architecture();

  /**
   * The number in a column of {@code members}; null if there is none.
   *
   * @param column one of {@link MetanetworkTask#memberColumns}
   */
  Double number(String column);

  /**
   * Mean squared gradients of a layer on the points of the target set.
   *
   * @param layer index of the affine layer
   */
  LayerMoments targetMoments(int layer);
}
