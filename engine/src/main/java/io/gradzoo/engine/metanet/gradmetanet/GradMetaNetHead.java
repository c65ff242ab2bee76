package io.gradzoo.engine.metanet.gradmetanet;

import java.io.Serializable;

/** The head of a {@link GradMetaNet}, or of another network on gradient sets. */
public sealed interface GradMetaNetHead extends Serializable {
  /** What of the target network's parameters it reads. */
  GradMetaNetConfig.ThetaInput theta();

  /** A vector that no permutation changes (L_Vec). */
  record InvariantVector(int outputs) implements GradMetaNetHead {
    @Override
    public GradMetaNetConfig.ThetaInput theta() {
      return GradMetaNetConfig.ThetaInput.NONE;
    }
  }

  /**
   * A Fisher diagonal as a weighted mean of the given squared gradients: the network says how much
   * each sample counts. Our own.
   *
   * @param inputs of the networks whose gradients it reads
   */
  record Reweighting(int inputs) implements GradMetaNetHead {
    @Override
    public GradMetaNetConfig.ThetaInput theta() {
      return GradMetaNetConfig.ThetaInput.NONE;
    }
  }

  /** So many numbers for every weight and bias (L_Prod). */
  record Product(int outputs, GradMetaNetConfig.ThetaInput theta) implements GradMetaNetHead {}
}
