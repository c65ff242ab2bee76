package io.gradzoo.jobs.baseline;

import io.gradzoo.engine.boosting.GradientBoosting;
import io.gradzoo.engine.training.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gradient boosting on the statistics of each layer's weights and biases (Unterthiner et al. 2020).
 *
 * @param settings of the trees
 * @param seed of rows and columns that are drawn
 */
record BoostingTrial(GradientBoosting.Settings settings, long seed) implements Trial {
  private static final double ROWS = 0.7;
  private static final double THIRD = 1.0 / 3;

  /** From few quick trees of all features to many slow ones that each see a third of them. */
  static List<Trial> all(long seed) {
    List<Trial> trials = new ArrayList<>();
    for (double columns : new double[] {1, THIRD}) {
      for (int depth : new int[] {3, 5}) {
        trials.add(
            new BoostingTrial(
                new GradientBoosting.Settings(300, depth, 0.05, ROWS, columns), seed));
        trials.add(
            new BoostingTrial(
                new GradientBoosting.Settings(1000, depth, 0.02, ROWS, columns), seed));
      }
    }
    return trials;
  }

  @Override
  public Fitted fit(BaselineExamples examples) {
    double[] targets = examples.train().stream().mapToDouble(Example::target).toArray();
    double[][] rows =
        examples.train().stream().map(BoostingTrial::features).toArray(double[][]::new);
    GradientBoosting fitted = GradientBoosting.fit(rows, targets, settings, seed);
    return new Fitted(
        BaselineExamples.predictions(examples.validation(), e -> fitted.predict(features(e))),
        BaselineExamples.predictions(examples.test(), e -> fitted.predict(features(e))),
        fitted.parameters());
  }

  private static double[] features(Example example) {
    float[] statistics = example.input().features();
    double[] features = new double[statistics.length];
    Arrays.setAll(features, i -> statistics[i]);
    return features;
  }
}
