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
 * Fits every baseline with every setting that it tries, one setting a Spark task, and keeps of each
 * baseline the setting that ranks the validation split best; of equals the earlier.
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
          Baseline.MEAN);

  private Baselines() {}

  /** A setting to try. */
  private record TrialTask(Baseline baseline, Trial trial) implements Serializable {}

  /**
   * The result of a setting.
   *
   * @param tau on the validation split; −∞ if its numbers ceased to be finite
   */
  private record TrialResult(
      Baseline baseline, double tau, List<Prediction> test, long parameters, double seconds)
      implements Serializable {}

  /** Weights, and their statistics. */
  private record Inputs(BaselineExamples weights, BaselineExamples statistics)
      implements Serializable {
    BaselineExamples select(Baseline baseline) {
      return baseline.reads() == Baseline.Reads.WEIGHTS ? weights : statistics;
    }
  }

  /**
   * Fits all to flat weights.
   *
   * @return in the order of the baselines
   */
  public static List<BaselineResult> fit(BaselineSetting setting) {
    BaselineExamples weights = BaselineExamples.of(setting.examples());
    List<TrialTask> tasks = new ArrayList<>();
    for (Baseline baseline : LONGEST_FIRST) {
      baseline.trials(weights, setting).forEach(trial -> tasks.add(new TrialTask(baseline, trial)));
    }
    List<TrialResult> outcomes = outcomes(setting.spark(), setting.progress(), weights, tasks);
    List<BaselineResult> results = new ArrayList<>();
    for (Baseline baseline : Baseline.values()) {
      results.add(best(outcomes.stream().filter(o -> o.baseline() == baseline).toList()));
    }
    return results;
  }

  private static List<TrialResult> outcomes(
      JavaSparkContext spark, Progress progress, BaselineExamples weights, List<TrialTask> tasks) {
    Broadcast<Inputs> inputs = spark.broadcast(new Inputs(weights, weights.statistics()));
    LongAccumulator done = spark.sc().longAccumulator("baseline trials");
    try (Progress.Task shown = progress.start("baselines", "settings", tasks.size())) {
      return SparkProgress.during(
          shown,
          done,
          () ->
              spark
                  .parallelize(tasks, tasks.size())
                  .map(
                      task -> {
                        TrialResult outcome = outcome(task, inputs.value().select(task.baseline()));
                        done.add(1);
                        return outcome;
                      })
                  .collect());
    } finally {
      inputs.destroy();
    }
  }

  private static TrialResult outcome(TrialTask task, BaselineExamples examples) {
    long start = System.nanoTime();
    try {
      Trial.Fitted fitted = task.trial().fit(examples);
      double tau = Prediction.agreement(fitted.validation()).tau();
      return new TrialResult(
          task.baseline(),
          Double.isNaN(tau) ? Double.NEGATIVE_INFINITY : tau,
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
      best = outcome.tau() > best.tau() ? outcome : best;
    }
    return new BaselineResult(
        best.baseline().title(),
        best.test(),
        outcomes.size(),
        best.parameters(),
        outcomes.stream().mapToDouble(TrialResult::seconds).sum());
  }
}
