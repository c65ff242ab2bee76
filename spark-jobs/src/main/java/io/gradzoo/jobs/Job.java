package io.gradzoo.jobs;

import io.gradzoo.jobs.config.GradzooConfig;

/**
 * One step of the way the data goes: a command of the command line, a call for a notebook. A job
 * prints nothing.
 *
 * @param <R> what it comes to
 */
@FunctionalInterface
public interface Job<R extends JobResult> {

  /**
   * Does the work. Running it again with the same config gives the same rows and files.
   *
   * @throws GradzooException with the exit code of what went wrong
   */
  R run(JobContext context);

  /**
   * Told of the work to come before Spark starts, which takes seconds: what can be prepared
   * meanwhile in the background. Changes no result and never fails.
   */
  default void prepare(GradzooConfig config) {}
}
