package io.gradzoo.datasets.network;

/** In which order the axes of a layer's weights stand. */
public enum WeightAxes {
  /** [out, in, height, width] and [out, in]. */
  TORCH,
  /** [height, width, in, out] and [in, out]. */
  KERAS
}
