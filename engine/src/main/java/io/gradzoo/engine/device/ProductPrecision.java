package io.gradzoo.engine.device;

/** How exact a GPU's matrix products are. */
public enum ProductPrecision {
  /** Factors are rounded to 10 bits of mantissa; sums are float32. */
  TF32,
  /** All in float32. */
  FLOAT32
}
