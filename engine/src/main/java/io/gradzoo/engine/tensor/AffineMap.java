package io.gradzoo.engine.tensor;

/**
 * {@code x ↦ W x + factor · b}. PyTorch's convention: W is [out, in].
 *
 * @param weight W, [out, in]
 * @param bias b, [out], or null for none
 * @param biasFactor what the bias is multiplied by
 */
public record AffineMap(Matrix weight, Parameter bias, float biasFactor) implements RowMap {

  @Override
  public int in() {
    return weight.columns();
  }

  @Override
  public int out() {
    return weight.rows();
  }

  /** The same map with its bias so many times. */
  AffineMap times(float factor) {
    return new AffineMap(weight, bias, factor * biasFactor);
  }
}
