package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.tensor.Tensor;

/** Lists of tensors whose rows stand side by side. */
final class FeatureLists {
  /** No further features. */
  static final Tensor[] NONE = {};

  private FeatureLists() {}

  static Tensor[] prepend(Tensor first, Tensor... others) {
    Tensor[] all = new Tensor[others.length + 1];
    all[0] = first;
    System.arraycopy(others, 0, all, 1, others.length);
    return all;
  }
}
