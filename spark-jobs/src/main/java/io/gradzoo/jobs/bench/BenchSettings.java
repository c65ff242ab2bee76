package io.gradzoo.jobs.bench;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;

/**
 * How a benchmark is run.
 *
 * @param batch networks of a step, or samples of a gradient set
 * @param threads that share a step
 * @param seconds to measure for, after as long to warm up
 * @param work of a step
 */
public record BenchSettings(int batch, int threads, double seconds, Work work) {
  private static final int MOST_NETWORKS = 65_536;
  private static final int MOST_THREADS = 256;
  private static final double MOST_SECONDS = 3600;

  /** The work of a step. */
  public enum Work {
    /** Forward, loss, backward, clipping, AdamW. */
    TRAINING,
    /** Forward only. */
    FORWARD,
    /** The sample gradients of a set. */
    GRADIENTS
  }

  /**
   * @throws GradzooException exit code 2 for a number out of range
   */
  public BenchSettings {
    require("batch", batch >= 1 && batch <= MOST_NETWORKS, "1 to " + MOST_NETWORKS, batch);
    require("threads", threads >= 1 && threads <= MOST_THREADS, "1 to " + MOST_THREADS, threads);
    require("seconds", seconds > 0 && seconds <= MOST_SECONDS, "over 0 to 3600", seconds);
  }

  private static void require(String option, boolean condition, String range, Number found) {
    if (!condition) {
      throw GradzooException.usage(
          Fault.of("bench").at("--" + option).expected("a number from %s", range).found(found));
    }
  }
}
