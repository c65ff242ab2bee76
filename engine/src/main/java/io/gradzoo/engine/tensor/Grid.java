package io.gradzoo.engine.tensor;

/**
 * A grid of rows [first · second, width] in each model.
 *
 * @param first lines along the first axis
 * @param second rows of such a line
 * @param width numbers in a row
 */
public record Grid(int first, int second, int width) {

  /** The rows of a tensor seen as a grid of so many lines. */
  static Grid of(int first, Tensor x) {
    return new Grid(first, x.rows() / first, x.width());
  }

  /** Numbers of a line of the first axis, which lie together. */
  public int slab() {
    return second * width;
  }

  /** Rows of a model. */
  public int rows() {
    return first * second;
  }

  /** The model of a line, lines of all models counted on. */
  public int model(int line) {
    return line / first;
  }

  /** How many lines from one on belong to its model, at most so many. */
  public int linesOfModel(int line, int most) {
    return Math.min(most, first - line % first);
  }

  /** Whether a line is its model's first. */
  public boolean begins(int line) {
    return line % first == 0;
  }
}
