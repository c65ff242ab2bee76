package io.gradzoo.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A row-major matrix somewhere in a larger array, so that a kernel that reads or writes around it
 * is found out: the surroundings are NaN and must stay it.
 *
 * @param array what the kernel gets
 * @param offset index of the first number
 * @param rows rows
 * @param width numbers in a row
 * @param ld distance between rows
 */
record Placed(float[] array, int offset, int rows, int width, int ld) {

  /** Standard normal numbers, {@code gap} numbers between rows. */
  static Placed random(RandomGenerator random, int rows, int width, int gap) {
    Placed placed = empty(rows, width, gap);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < width; j++) {
        placed.array[placed.index(i, j)] = (float) random.nextGaussian();
      }
    }
    return placed;
  }

  /** NaN throughout. */
  static Placed empty(int rows, int width, int gap) {
    int offset = 3 + gap;
    int ld = width + gap;
    float[] array = new float[offset + Math.max(0, rows * ld - gap) + 7];
    Arrays.fill(array, Float.NaN);
    return new Placed(array, offset, rows, width, ld);
  }

  /** One row without gaps. */
  static Placed row(RandomGenerator random, int n) {
    return random(random, 1, n, 0);
  }

  Placed copy() {
    return new Placed(array.clone(), offset, rows, width, ld);
  }

  float at(int row, int column) {
    return array[index(row, column)];
  }

  float at(int index) {
    return at(index / width, index % width);
  }

  private int index(int row, int column) {
    return offset + row * ld + column;
  }

  /** Numbers of the matrix without gaps. */
  double[] doubles() {
    double[] x = new double[rows * width];
    for (int i = 0; i < x.length; i++) {
      x[i] = at(i);
    }
    return x;
  }

  /** The matrix holds {@code expected}, each number to within its own bound, and nothing else. */
  void assertHolds(double[] expected, double[] bounds, String description) {
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(at(i) - expected[i]) <= bounds[i])) {
        assertThat((double) at(i))
            .as("%s: [%d, %d] of [%d, %d]", description, i / width, i % width, rows, width)
            .isCloseTo(expected[i], within(bounds[i]));
      }
    }
    for (int i = 0; i < array.length; i++) {
      int from = i - offset;
      boolean inside = width > 0 && from >= 0 && from / ld < rows && from % ld < width;
      if (!inside && !Float.isNaN(array[i])) {
        assertThat(array[i]).as("%s: written outside, at %d", description, i).isNaN();
      }
    }
  }

  /** As above, with one bound relative to max(1, |expected|). */
  void assertHolds(double[] expected, double relative, String description) {
    double[] bounds = new double[expected.length];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = relative * Math.max(1.0, Math.abs(expected[i]));
    }
    assertHolds(expected, bounds, description);
  }
}
