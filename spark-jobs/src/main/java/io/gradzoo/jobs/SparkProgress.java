package io.gradzoo.jobs;

import java.util.function.Supplier;
import org.apache.spark.util.LongAccumulator;

/**
 * Progress of a piece of work that Spark does in one go: a counter of its tasks, looked at every
 * second.
 */
public final class SparkProgress {
  private static final long EVERY_MILLIS = 1000;

  private SparkProgress() {}

  /**
   * Does the work while the task hears how far it is.
   *
   * @param done units done so far, counted by the Spark tasks
   */
  public static <T> T during(Progress.Task task, LongAccumulator done, Supplier<T> work) {
    Watch watch = new Watch(task, done);
    Thread thread = new Thread(watch, "gradzoo-progress");
    thread.setDaemon(true);
    thread.start();
    try {
      T result = work.get();
      watch.look();
      return result;
    } finally {
      thread.interrupt();
    }
  }

  /** Passes on what the counter grew by. */
  private static final class Watch implements Runnable {
    private final Progress.Task task;
    private final LongAccumulator done;
    private long seen;

    Watch(Progress.Task task, LongAccumulator done) {
      this.task = task;
      this.done = done;
      this.seen = done.sum();
    }

    synchronized void look() {
      long now = done.sum();
      task.advance(now - seen);
      seen = now;
    }

    @Override
    public void run() {
      try {
        while (true) {
          Thread.sleep(EVERY_MILLIS);
          look();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
