package io.gradzoo.engine.kernel;

import java.util.stream.Stream;

/** Sizes around every block boundary, and the kernels that exist. */
final class Shapes {
  static final int[] WIDTHS = {1, 3, 7, 8, 9, 10, 15, 16, 17, 31, 32, 33, 48, 64, 100, 128, 129};
  static final int[] ROWS = {0, 1, 2, 5, 6, 7, 13, 64};

  private Shapes() {}

  static Stream<Kernels> kernels() {
    return Stream.of(new VectorKernels(), new ScalarKernels());
  }

  static Stream<Kernels> kernelsOfProducts() {
    return Stream.of(new VectorKernels(), new ScalarKernels(), new Nd4jKernels());
  }
}
