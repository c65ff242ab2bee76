package io.gradzoo.engine.boosting;

/**
 * A binary tree in an array: the children of node i are 2i + 1, for values up to the threshold, and
 * 2i + 2. A leaf has no column.
 */
final class RegressionTree {
  static final int LEAF = -1;

  private final int[] columns;
  private final double[] numbers;
  private final int nodes;

  /**
   * @param columns that are split, or {@link #LEAF}, [2^(depth + 1) − 1]
   * @param numbers threshold of a split, value of a leaf
   * @param nodes that are part of the tree
   */
  RegressionTree(int[] columns, double[] numbers, int nodes) {
    this.columns = columns;
    this.numbers = numbers;
    this.nodes = nodes;
  }

  double predict(double[] features) {
    int node = 0;
    while (columns[node] != LEAF) {
      node = 2 * node + (features[columns[node]] <= numbers[node] ? 1 : 2);
    }
    return numbers[node];
  }

  int nodes() {
    return nodes;
  }
}
