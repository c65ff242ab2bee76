package io.gradzoo.engine.tensor;

/**
 * Some rows of every line of a grid: of x [lines · length, width] the rows {@code from … from +
 * count} of each line.
 *
 * @param x the grid
 * @param length rows of a line
 * @param from first of the rows
 * @param count number of the rows
 */
public record Band(Tensor x, int length, int from, int count) {

  /** Where the band begins in a line; lines are counted over all models. */
  public int at(int line) {
    return (line * length + from) * x.width();
  }

  /** Lines of one model. */
  public int lines() {
    return x.rows() / length;
  }

  /** Numbers of the band in a line. */
  public int size() {
    return count * x.width();
  }
}
