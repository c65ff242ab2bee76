package io.gradzoo.jobs.rounds;

import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.engine.training.TrainingState;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.collection.JavaConverters;

/**
 * Measures rounds on Spark: how long they take, and how long their tasks compute, which Spark tells
 * its listeners. Jobs between rounds, such as validation, do not count.
 */
public final class RoundClock implements AutoCloseable {
  private static final String ROUND = "gradzoo.round";
  private static final long PATIENCE_MILLIS = 5_000;

  private final SparkContext spark;
  private final int slots;
  private final String mark = ROUND + "." + System.identityHashCode(this);
  private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
  private final AtomicLong taskMillis = new AtomicLong();
  private final SparkListener listener = new TaskTimes();
  private long nanoseconds;
  private int rounds;

  /** From now on, on as many slots as Spark has cores. */
  public RoundClock(SparkContext spark) {
    this.spark = spark;
    this.slots = Math.max(1, spark.defaultParallelism());
    spark.addSparkListener(listener);
  }

  /** The same rounds, measured. */
  public BestOfRounds.Rounds measuring(BestOfRounds.Rounds measured) {
    return (start, steps) -> run(measured, start, steps);
  }

  private BestOfRounds.Round run(BestOfRounds.Rounds measured, TrainingState start, int steps) {
    spark.setLocalProperty(ROUND, mark);
    long began = System.nanoTime();
    try {
      return measured.run(start, steps);
    } finally {
      nanoseconds += System.nanoTime() - began;
      rounds++;
      spark.setLocalProperty(ROUND, null);
    }
  }

  /** What the rounds so far cost. */
  public RoundCosts costs() {
    try {
      spark.listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
    } catch (TimeoutException e) {
      // a busy bus: what has not arrived counts as cost
    }
    return new RoundCosts(rounds, nanoseconds * 1e-9, taskMillis.get() * 1e-3, slots);
  }

  @Override
  public void close() {
    spark.removeSparkListener(listener);
  }

  private final class TaskTimes extends SparkListener {
    @Override
    public void onJobStart(SparkListenerJobStart job) {
      if (mark.equals(job.properties().getProperty(ROUND))) {
        JavaConverters.seqAsJavaList(job.stageIds()).forEach(id -> stages.add((Integer) id));
      }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      if (stages.contains(task.stageId()) && task.taskMetrics() != null) {
        taskMillis.addAndGet(task.taskMetrics().executorRunTime());
      }
    }
  }
}
