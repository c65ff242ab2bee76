package io.gradzoo.engine.boosting;

import io.gradzoo.engine.fault.Fault;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Least-squares gradient boosting (Friedman 2001), stochastic if rows or columns are drawn
 * (Friedman 2002): the mean of the targets, then trees that are each fitted to what is left, each
 * counting by the learning rate.
 */
public final class GradientBoosting {
  /**
   * How trees are fitted.
   *
   * @param trees number of trees, positive
   * @param depth most splits between a tree's root and a leaf, positive
   * @param rate by which every tree counts, above 0
   * @param rowShare share of the rows that a tree is fitted to, drawn without replacement, above 0
   *     to 1
   * @param columnShare share of the columns that a tree may split, drawn likewise
   */
  public record Settings(int trees, int depth, double rate, double rowShare, double columnShare)
      implements Serializable {
    public Settings {
      boolean valid = trees > 0 && depth > 0 && rate > 0 && share(rowShare) && share(columnShare);
      if (!valid) {
        throw Fault.of("gradient boosting")
            .expected("positive settings, and shares of at most 1")
            .found("%d trees, depth %d, %s, %s, %s", trees, depth, rate, rowShare, columnShare)
            .exception();
      }
    }

    private static boolean share(double value) {
      return value > 0 && value <= 1;
    }
  }

  private final double mean;
  private final double rate;
  private final List<RegressionTree> trees;

  private GradientBoosting(double mean, double rate, List<RegressionTree> trees) {
    this.mean = mean;
    this.rate = rate;
    this.trees = trees;
  }

  /**
   * Fits trees.
   *
   * @param rows features, [rows, columns], finite; at least one of each
   * @param targets [rows]
   * @param seed of rows and columns that are drawn
   */
  public static GradientBoosting fit(
      double[][] rows, double[] targets, Settings settings, long seed) {
    SortedColumns columns = new SortedColumns(rows);
    SplittableRandom random = new SplittableRandom(seed);
    double mean = Arrays.stream(targets).average().orElseThrow();
    double[] rest = Arrays.stream(targets).map(target -> target - mean).toArray();
    int drawnRows = drawn(settings.rowShare(), rows.length);
    int drawnColumns = drawn(settings.columnShare(), rows[0].length);
    List<RegressionTree> trees = new ArrayList<>();
    for (int i = 0; i < settings.trees(); i++) {
      int[] ofRows = draw(rows.length, drawnRows, random);
      int[] ofColumns = draw(rows[0].length, drawnColumns, random);
      RegressionTree tree =
          new TreeGrowth(columns, rest, ofRows, ofColumns, settings.depth()).grow();
      for (int row = 0; row < rest.length; row++) {
        rest[row] -= settings.rate() * tree.predict(rows[row]);
      }
      trees.add(tree);
    }
    return new GradientBoosting(mean, settings.rate(), trees);
  }

  /**
   * @param features [columns]
   */
  public double predict(double[] features) {
    double sum = mean;
    for (RegressionTree tree : trees) {
      sum += rate * tree.predict(features);
    }
    return sum;
  }

  /** Numbers in the trees: a threshold or a value each. */
  public long parameters() {
    return trees.stream().mapToLong(RegressionTree::nodes).sum();
  }

  private static int drawn(double share, int count) {
    return Math.max(1, (int) (share * count));
  }

  /** So many of the first numbers, ascending; all without a draw. */
  private static int[] draw(int count, int drawn, SplittableRandom random) {
    int[] all = new int[count];
    Arrays.setAll(all, i -> i);
    if (drawn == count) {
      return all;
    }
    for (int i = 0; i < drawn; i++) {
      int other = i + random.nextInt(count - i);
      int swapped = all[i];
      all[i] = all[other];
      all[other] = swapped;
    }
    int[] chosen = Arrays.copyOf(all, drawn);
    Arrays.sort(chosen);
    return chosen;
  }
}
