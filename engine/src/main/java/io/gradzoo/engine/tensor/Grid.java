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

  /** Where line p of a model begins. */
  int slab(int model, int p) {
    return (model * first + p) * slab();
  }

  /** Where row p of a tensor [first, width] begins. */
  int alongFirst(int model, int p) {
    return (model * first + p) * width;
  }

  /** Where a model's rows in a tensor [second, width] begin. */
  int alongSecond(int model) {
    return model * slab();
  }
}
