package io.gradzoo.testing;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;

/** Counts the jobs and stages that a Spark context starts. */
public final class CountedJobs implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 30_000;

  private final SparkContext spark;
  private final AtomicInteger jobs = new AtomicInteger();
  private final AtomicInteger stages = new AtomicInteger();
  private final SparkListener listener =
      new SparkListener() {
        @Override
        public void onJobStart(SparkListenerJobStart started) {
          jobs.incrementAndGet();
        }

        @Override
        public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
          stages.incrementAndGet();
        }
      };

  private CountedJobs(SparkContext spark) {
    this.spark = spark;
  }

  /** From now on. */
  public static CountedJobs of(SparkContext spark) {
    CountedJobs counted = new CountedJobs(spark);
    counted.settle();
    spark.addSparkListener(counted.listener);
    return counted;
  }

  /** Jobs started since. */
  public int jobs() {
    settle();
    return jobs.get();
  }

  /** Stages run since. */
  public int stages() {
    settle();
    return stages.get();
  }

  /** Until the listeners were told everything. */
  private void settle() {
    try {
      spark.listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    spark.removeSparkListener(listener);
  }
}
