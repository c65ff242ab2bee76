package io.gradzoo.engine.symmetry;

import java.util.Arrays;

/** The cheapest one-to-one assignment of rows to columns (Kuhn's Hungarian method, O(n³)). */
final class HungarianMethod {
  private static final int NONE = 0;

  private final double[][] costs;
  private final int size;

  /** Potentials, and the row of every column; from 1, with a column 0 that stands outside. */
  private final double[] ofRows;

  private final double[] ofColumns;
  private final int[] rowOf;

  private HungarianMethod(double[][] costs) {
    this.costs = costs;
    this.size = costs.length;
    this.ofRows = new double[size + 1];
    this.ofColumns = new double[size + 1];
    this.rowOf = new int[size + 1];
  }

  /**
   * The column of every row.
   *
   * @param costs finite, [n, n]
   */
  static int[] cheapest(double[][] costs) {
    HungarianMethod assignment = new HungarianMethod(costs);
    for (int row = 1; row <= assignment.size; row++) {
      assignment.add(row);
    }
    int[] columns = new int[assignment.size];
    for (int column = 1; column <= assignment.size; column++) {
      columns[assignment.rowOf[column] - 1] = column - 1;
    }
    return columns;
  }

  /** Assigns one more row, and others anew along the shortest path of changes. */
  private void add(int row) {
    double[] least = new double[size + 1];
    int[] before = new int[size + 1];
    boolean[] visited = new boolean[size + 1];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    rowOf[0] = row;
    int column = 0;
    while (rowOf[column] != NONE) {
      visited[column] = true;
      int next = nearest(column, least, before, visited);
      shift(least[next], least, visited);
      column = next;
    }
    while (column != 0) {
      rowOf[column] = rowOf[before[column]];
      column = before[column];
    }
  }

  private int nearest(int from, double[] least, int[] before, boolean[] visited) {
    int row = rowOf[from];
    int nearest = -1;
    for (int column = 1; column <= size; column++) {
      if (!visited[column]) {
        double reduced = costs[row - 1][column - 1] - ofRows[row] - ofColumns[column];
        if (reduced < least[column]) {
          least[column] = reduced;
          before[column] = from;
        }
        if (nearest < 0 || least[column] < least[nearest]) {
          nearest = column;
        }
      }
    }
    return nearest;
  }

  private void shift(double by, double[] least, boolean[] visited) {
    for (int column = 0; column <= size; column++) {
      if (visited[column]) {
        ofRows[rowOf[column]] += by;
        ofColumns[column] -= by;
      } else {
        least[column] -= by;
      }
    }
  }
}
