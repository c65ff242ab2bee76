package io.gradzoo.jobs;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells a listener every second how far work has come that runs in one piece, such as a Spark job.
 */
public final class StageWatch {
  private static final long EVERY_MILLIS = 1000;

  private StageWatch() {}

  /**
   * Runs the work.
   *
   * @param done units done so far; asked from another thread
   */
  public static <T> T during(
      StageListener listener, long total, LongSupplier done, Supplier<T> work) {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (true) {
                  Thread.sleep(EVERY_MILLIS);
                  listener.advanced(Math.min(done.getAsLong(), total), total, "");
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "gradzoo-progress");
    watch.setDaemon(true);
    watch.start();
    try {
      T result = work.get();
      listener.advanced(total, total, "");
      return result;
    } finally {
      watch.interrupt();
    }
  }
}
