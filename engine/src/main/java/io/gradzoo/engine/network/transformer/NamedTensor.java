package io.gradzoo.engine.network.transformer;

/**
 * A named part of a transformer's flat parameter vector, row-major.
 *
 * @param name dotted path such as {@code block0.query.weight}
 * @param offset index of its first number
 * @param rows 1 for biases, gains and offsets
 * @param columns numbers in a row
 */
public record NamedTensor(String name, int offset, int rows, int columns) {

  /** Count of numbers. */
  public int size() {
    return Math.multiplyExact(rows, columns);
  }
}
