package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.fault.Fault;

/** An argument of a kernel: how long its five axes are, the {@code Extent} of the sources. */
public record Extent(int n0, int n1, int n2, int n3, int n4) {

  static Extent of(int n0, int n1, int n2, int n3) {
    return new Extent(n0, n1, n2, n3, 1);
  }

  /**
   * Count of the places along the first axes.
   *
   * @throws io.gradzoo.engine.fault.FaultException if a kernel could not count them
   */
  int places(int axes) {
    int[] lengths = {n0, n1, n2, n3, n4};
    long places = 1;
    for (int axis = 0; axis < axes; axis++) {
      places *= lengths[axis];
    }
    if (places > Integer.MAX_VALUE) {
      throw Fault.of("GPU")
          .expected("at most %d numbers of a tensor", Integer.MAX_VALUE)
          .found(places)
          .fix("make batches smaller")
          .exception();
    }
    return (int) places;
  }
}
