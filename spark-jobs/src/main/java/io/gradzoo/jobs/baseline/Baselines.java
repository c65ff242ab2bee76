package io.gradzoo.jobs.baseline;

import io.gradzoo.jobs.Progress;
import io.gradzoo.jobs.SparkProgress;
import io.gradzoo.jobs.prediction.Prediction;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;

/**
 * Fits baselines with every setting that they try, one setting a Spark task, and keeps of each
 * baseline the setting that is best on the validation split; of equals the earlier.
 */
public final class Baselines {
  /** Those that take longest first, so that no core waits for one of them at the end. */
  private static final List<Baseline> LONGEST_FIRST =
      List.of(
          Baseline.PUBLISHED,
          Baseline.DEEP_SETS,
          Baseline.FLAT_MLP,
          Baseline.BOOSTING,
          Baseline.STATNN,
          Baseline.FREQUENCIES,
          Baseline.MEAN);

  private static final List<Baseline> OF_ACCURACIES =
      List.of(
          Baseline.MEAN,
          Baseline.BOOSTING,
          Baseline.PUBLISHED,
          Baseline.STATNN,
          Baseline.FLAT_MLP,
          Baseline.DEEP_SETS);

  private Baselines() {}

  /** A setting to try. */
  private record TrialTask(Baseline baseline, Trial trial) implements Serializable {}

  /**
   * The result of a setting.
   *
   * @param goodness on the validation split; −∞ if its numbers ceased to be finite
   */
  private record TrialResult(
      Baseline baseline, double goodness, List<Prediction> test, long parameters, double seconds)
      implements Serializable {}

  /** Weights, and their statistics. */
  private record Inputs(BaselineExamples weights, BaselineExamples statistics)
      implements Serializable {
    BaselineExamples select(Baseline baseline) {
      return baseline.reads() == Baseline.Reads.WEIGHTS ? weights : statistics;
    }
  }

  /**
   * Fits all that predict accuracies to flat weights.
   *
   * @return in the order of tables
   */
  public static List<BaselineResult> fit(BaselineSetting setting) {
    return fit(setting, OF_ACCURACIES, LearningAim.SHARES);
  }

  /**
   * Fits some to flat weights.
   *
   * @param chosen in the order of tables
   * @param aim what they learn
   */
  public static List<BaselineResult> fit(
      BaselineSetting setting, List<Baseline> chosen, LearningAim aim) {
    BaselineExamples weights = BaselineExamples.of(setting.examples());
    List<TrialTask> tasks = new ArrayList<>();
    for (Baseline baseline : LONGEST_FIRST) {
      if (chosen.contains(baseline)) {
        baseline
            .trials(weights, setting, aim)
            .forEach(trial -> tasks.add(new TrialTask(baseline, trial)));
      }
    }
    List<TrialResult> outcomes = outcomes(setting, weights, tasks, aim);
    List<BaselineResult> results = new ArrayList<>();
    for (Baseline baseline : chosen) {
      results.add(best(outcomes.stream().filter(o -> o.baseline() == baseline).toList()));
    }
    return results;
  }

  private static List<TrialResult> outcomes(
      BaselineSetting setting, BaselineExamples weights, List<TrialTask> tasks, LearningAim aim) {
    JavaSparkContext spark = setting.spark();
    LearningAim.Goodness goodness = aim.goodness();
    Broadcast<Inputs> inputs = spark.broadcast(new Inputs(weights, weights.statistics()));
    LongAccumulator done = spark.sc().longAccumulator("baseline trials");
    try (Progress.Task shown = setting.progress().start("baselines", "settings", tasks.size())) {
      return SparkProgress.during(
          shown,
          done,
          () ->
              spark
                  .parallelize(tasks, tasks.size())
                  .map(
                      task -> {
                        TrialResult outcome =
                            outcome(task, inputs.value().select(task.baseline()), goodness);
                        done.add(1);
                        return outcome;
                      })
                  .collect());
    } finally {
      inputs.destroy();
    }
  }

  private static TrialResult outcome(
      TrialTask task, BaselineExamples examples, LearningAim.Goodness goodness) {
    long start = System.nanoTime();
    try {
      Trial.Fitted fitted = task.trial().fit(examples);
      double reached = goodness.judge(fitted.validation());
      return new TrialResult(
          task.baseline(),
          Double.isNaN(reached) ? Double.NEGATIVE_INFINITY : reached,
          new ArrayList<>(fitted.test()),
          fitted.parameters(),
          seconds(start));
    } catch (ArithmeticException e) { // its numbers ceased to be finite: the table shows that
      return new TrialResult(
          task.baseline(),
          Double.NEGATIVE_INFINITY,
          new ArrayList<>(BaselineExamples.predictions(examples.test(), x -> Double.NaN)),
          0,
          seconds(start));
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }

  private static BaselineResult best(List<TrialResult> outcomes) {
    TrialResult best = outcomes.get(0);
    for (TrialResult outcome : outcomes) {
      best = outcome.goodness() > best.goodness() ? outcome : best;
    }
    return new BaselineResult(
        best.baseline().title(),
        best.test(),
        outcomes.size(),
        best.parameters(),
        outcomes.stream().mapToDouble(TrialResult::seconds).sum());
  }
}
