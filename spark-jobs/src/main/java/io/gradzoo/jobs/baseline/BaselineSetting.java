package io.gradzoo.jobs.baseline;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.TargetStatistics;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.jobs.Progress;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What baselines are fitted with.
 *
 * @param spark where they are fitted
 * @param progress where they say how far they are
 * @param examples of the members
 * @param training of the metanetwork that they stand beside
 * @param settingsTried of that metanetwork
 * @param numbers that it says of a member, if it says them of the member as a whole
 * @param targets statistics that it standardises targets with, if it does
 * @param seed of whatever is drawn
 */
public record BaselineSetting(
    JavaSparkContext spark,
    Progress progress,
    Examples examples,
    TrainingSettings training,
    int settingsTried,
    int numbers,
    Optional<TargetStatistics> targets,
    long seed) {

  /** The examples of each split, in the order of their ids. */
  @FunctionalInterface
  public interface Examples {
    /** Those of a split, read on demand. */
    List<Example> read(Split split);
  }
}
