package io.gradzoo.engine.tensor;

/**
 * A grid of rows [first · second, width] in each model.
 *
 * @param first lines along the first axis
 * @param second rows of such a line
 * @param width numbers in a row
 */
record Grid(int first, int second, int width) {

  /** Numbers of a line of the first axis, which lie together. */
  int slab() {
    return second * width;
  }

  /** Rows of a model. */
  int rows() {
    return first * second;
  }

  /** The model of a line, lines of all models counted on. */
  int model(int line) {
    return line / first;
  }

  /** Whether a line is its model's first. */
  boolean begins(int line) {
    return line % first == 0;
  }
}
