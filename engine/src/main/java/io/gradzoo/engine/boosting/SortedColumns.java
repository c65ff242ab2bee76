package io.gradzoo.engine.boosting;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** A table of features, with the order of the rows by each column: equal values by row. */
final class SortedColumns {
  private final double[][] rows;
  private final int[][] orders;
  private final double[][] sorted;

  SortedColumns(double[][] rows) {
    this.rows = rows;
    this.orders = new int[rows[0].length][];
    this.sorted = new double[rows[0].length][];
    for (int column = 0; column < orders.length; column++) {
      int of = column;
      orders[column] =
          IntStream.range(0, rows.length)
              .boxed()
              .sorted(Comparator.comparingDouble(row -> rows[row][of]))
              .mapToInt(row -> row)
              .toArray();
      sorted[column] = Arrays.stream(orders[column]).mapToDouble(row -> rows[row][of]).toArray();
    }
  }

  /** Number of rows. */
  int rows() {
    return rows.length;
  }

  /** Rows in ascending order of a column. */
  int[] order(int column) {
    return orders[column];
  }

  /** Values of a column, ascending. */
  double[] sorted(int column) {
    return sorted[column];
  }

  double value(int row, int column) {
    return rows[row][column];
  }
}
