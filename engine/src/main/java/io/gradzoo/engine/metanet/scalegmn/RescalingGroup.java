package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.network.Activation;

/** The rescalings of hidden neurons that ScaleGMN respects besides permutations (ScaleGMN §3). */
public enum RescalingGroup {
  /** Positive factors: ReLU networks. */
  SCALE,
  /** Factors ±1: tanh and sine networks. */
  SIGN,
  /** {@link #SCALE} or {@link #SIGN}, as each network's activation has it. */
  HETERO,
  /** None: the plain graph metanetwork. */
  PERMUTATION;

  /** The group that acts on networks of an activation. */
  RescalingGroup actingOn(Activation activation) {
    if (this != HETERO) {
      return this;
    }
    return activation == Activation.RELU ? SCALE : SIGN;
  }
}
