package io.gradzoo.jobs.curvature;

import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.TargetStatistics;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The networks of a study: neuron features that are not standardised, with their Fisher diagonals.
 *
 * @param train in the order of their ids
 * @param validation by which parameters are selected
 * @param test on which errors are measured
 * @param scale statistics of all training targets; errors are counted in its deviations
 */
record StudyExamples(
    List<Example> train, List<Example> validation, List<Example> test, TargetStatistics scale)
    implements Serializable {

  static StudyExamples of(List<Example> train, List<Example> validation, List<Example> test) {
    TargetStatistics.TargetAccumulator sums = new TargetStatistics.TargetAccumulator();
    train.forEach(sums::add);
    return new StudyExamples(train, validation, test, sums.statistics());
  }

  /** So many training networks, drawn by a seed; a larger draw of the seed contains a smaller. */
  List<Example> draw(int size, long seed) {
    List<Example> rest = new ArrayList<>(train);
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> drawn = new ArrayList<>();
    while (drawn.size() < size) {
      int chosen = random.nextInt(rest.size());
      drawn.add(rest.get(chosen));
      rest.set(chosen, rest.get(rest.size() - 1));
      rest.remove(rest.size() - 1);
    }
    drawn.sort(Comparator.comparing(Example::id));
    return drawn;
  }

  /** Mean normalised squared error of an estimate of the test networks. */
  double testError(FisherEstimator estimate) {
    double sum = 0;
    for (Example example : test) {
      sum += scale.squaredError(estimate.estimate(example), example.targets());
    }
    return sum / test.size();
  }

  /** An estimate of a Fisher diagonal from an example's raw features. */
  @FunctionalInterface
  interface FisherEstimator {
    float[] estimate(Example example);
  }
}
