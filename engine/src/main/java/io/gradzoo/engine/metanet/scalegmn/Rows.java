package io.gradzoo.engine.metanet.scalegmn;

import io.gradzoo.engine.tensor.Tensor;

/** Lists of tensors whose rows stand side by side. */
final class Rows {
  /** No further features. */
  static final Tensor[] NONE = {};

  private Rows() {}

  static Tensor[] prepend(Tensor first, Tensor... others) {
    Tensor[] all = new Tensor[others.length + 1];
    all[0] = first;
    System.arraycopy(others, 0, all, 1, others.length);
    return all;
  }
}
