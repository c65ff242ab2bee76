package io.gradzoo.jobs.editing;

import io.gradzoo.engine.editing.NetworkMeasures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A row of a comparison: networks after some treatment. Reductions and shares are against the same
 * networks before it.
 *
 * @param name of the treatment
 * @param networks that came out of it with finite numbers; the others are in no mean
 * @param accuracy on test images
 * @param loss cross-entropy on test images, in nats
 * @param objective what was to become smaller
 * @param normReduction share by which ‖θ‖₁ became smaller
 * @param small share of the weights that count as small
 * @param worse share of the networks whose objective became larger
 * @param goodWorse share of the best quarter before it whose accuracy became smaller
 * @param settingsTried of which validation members chose one
 * @param seconds a network takes
 */
public record EditScore(
    String name,
    int networks,
    Spread accuracy,
    Spread loss,
    Spread objective,
    Spread normReduction,
    Spread small,
    double worse,
    double goodWorse,
    int settingsTried,
    double seconds) {

  /** Mean and standard deviation over networks. */
  public record Spread(double mean, double deviation) {
    /** Of some values. */
    public static Spread of(double[] values) {
      double mean = 0;
      for (double value : values) {
        mean += value / values.length;
      }
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean) / values.length;
      }
      return new Spread(mean, Math.sqrt(squares));
    }
  }

  /**
   * Scores networks.
   *
   * @param before the treatment
   * @param after it, in the same order; null of one that came to nothing
   */
  public static EditScore of(
      String name,
      List<NetworkMeasures> before,
      List<NetworkMeasures> after,
      int settingsTried,
      double seconds) {
    List<BeforeAndAfter> changes = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      if (after.get(i) != null && Double.isFinite(after.get(i).objective())) {
        changes.add(new BeforeAndAfter(before.get(i), after.get(i)));
      }
    }
    double good = upperQuartile(before);
    return new EditScore(
        name,
        changes.size(),
        spread(changes, change -> change.after.accuracy()),
        spread(changes, change -> change.after.loss()),
        spread(changes, change -> change.after.objective()),
        spread(changes, change -> 1 - change.after.norm() / change.before.norm()),
        spread(changes, change -> change.after.small()),
        share(changes.stream().map(c -> c.after.objective() > c.before.objective()).toList()),
        share(
            changes.stream()
                .filter(c -> c.before.accuracy() >= good)
                .map(c -> c.after.accuracy() < c.before.accuracy())
                .toList()),
        settingsTried,
        seconds);
  }

  private record BeforeAndAfter(NetworkMeasures before, NetworkMeasures after) {}

  private static Spread spread(
      List<BeforeAndAfter> changes, ToDoubleFunction<BeforeAndAfter> value) {
    return Spread.of(changes.stream().mapToDouble(value).toArray());
  }

  private static double upperQuartile(List<NetworkMeasures> before) {
    double[] sorted = before.stream().mapToDouble(NetworkMeasures::accuracy).sorted().toArray();
    return sorted[sorted.length * 3 / 4];
  }

  private static double share(List<Boolean> which) {
    return (double) which.stream().filter(each -> each).count() / which.size();
  }
}
