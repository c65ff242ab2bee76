package io.gradzoo.engine.tensor;

/**
 * A matrix inside the flat parameter vector: a whole parameter or some of its columns.
 *
 * @param offset index of its first number
 * @param rows number of rows
 * @param columns number of columns
 * @param stride distance between the starts of two rows
 */
public record Matrix(int offset, int rows, int columns, int stride) {

  /** The columns {@code from} (inclusive) to {@code to} (exclusive). */
  public Matrix columns(int from, int to) {
    if (from < 0 || to > columns || from >= to) {
      throw new IllegalArgumentException(
          "columns " + from + ".." + to + " of a matrix with " + columns);
    }
    return new Matrix(offset + from, rows, to - from, stride);
  }
}
