package io.gradzoo.engine.boosting;

import java.util.Arrays;

/**
 * Grows one regression tree, a level at a time: every node takes the split that leaves the smallest
 * squared error, of equals that of the first column and the lowest threshold, half-way between two
 * values. A level reads each column once.
 */
final class TreeGrowth {
  private static final int NOWHERE = -1;

  private final SortedColumns table;
  private final double[] targets;
  private final int[] candidates;
  private final int depth;
  private final int[] nodeOf;
  private final int[] columns;
  private final double[] numbers;
  private final int[] counts;
  private final double[] sums;
  private final double[] gains;
  private final int[] leftCounts;
  private final double[] leftSums;
  private final double[] last;

  /**
   * @param targets [rows]
   * @param rows to fit
   * @param candidates columns that may be split
   */
  TreeGrowth(SortedColumns table, double[] targets, int[] rows, int[] candidates, int depth) {
    this.table = table;
    this.targets = targets;
    this.candidates = candidates;
    this.depth = depth;
    int size = (2 << depth) - 1;
    this.columns = new int[size];
    this.numbers = new double[size];
    this.counts = new int[size];
    this.sums = new double[size];
    this.gains = new double[size];
    this.leftCounts = new int[size];
    this.leftSums = new double[size];
    this.last = new double[size];
    this.nodeOf = new int[table.rows()];
    Arrays.fill(columns, RegressionTree.LEAF);
    Arrays.fill(nodeOf, NOWHERE);
    for (int row : rows) {
      join(row, 0);
    }
  }

  RegressionTree grow() {
    for (int level = 0; level < depth; level++) {
      int first = (1 << level) - 1;
      for (int column : candidates) {
        findSplits(column, first);
      }
      descend(first);
    }
    int nodes = 0;
    for (int node = 0; node < counts.length; node++) {
      nodes += counts[node] > 0 ? 1 : 0;
      if (columns[node] == RegressionTree.LEAF && counts[node] > 0) {
        numbers[node] = sums[node] / counts[node];
      }
    }
    return new RegressionTree(columns, numbers, nodes);
  }

  /** Looks for better splits of the nodes of a level, from its first to the last there is. */
  private void findSplits(int column, int first) {
    Arrays.fill(leftCounts, first, 2 * first + 1, 0);
    Arrays.fill(leftSums, first, 2 * first + 1, 0);
    int[] order = table.order(column);
    double[] values = table.sorted(column);
    for (int i = 0; i < order.length; i++) {
      int row = order[i];
      int node = nodeOf[row];
      if (node < first) {
        continue; // not drawn, or in a leaf further up
      }
      double value = values[i];
      if (leftCounts[node] > 0 && value > last[node]) {
        double gain = gain(node);
        if (gain > gains[node]) {
          gains[node] = gain;
          columns[node] = column;
          numbers[node] = between(last[node], value);
        }
      }
      leftCounts[node]++;
      leftSums[node] += targets[row];
      last[node] = value;
    }
  }

  /** By how much the squared error falls if the rows so far go to the left. */
  private double gain(int node) {
    double left = leftCounts[node];
    double right = counts[node] - left;
    double apart = leftSums[node] / left - (sums[node] - leftSums[node]) / right;
    return left * right / counts[node] * apart * apart;
  }

  /** The middle, or the lower of two neighbours whose middle is the upper. */
  private static double between(double low, double high) {
    double middle = low / 2 + high / 2;
    return middle < high ? middle : low;
  }

  private void descend(int first) {
    for (int row = 0; row < nodeOf.length; row++) {
      int node = nodeOf[row];
      if (node >= first && columns[node] != RegressionTree.LEAF) {
        boolean left = table.value(row, columns[node]) <= numbers[node];
        join(row, 2 * node + (left ? 1 : 2));
      }
    }
  }

  private void join(int row, int node) {
    nodeOf[row] = node;
    counts[node]++;
    sums[node] += targets[row];
  }
}
