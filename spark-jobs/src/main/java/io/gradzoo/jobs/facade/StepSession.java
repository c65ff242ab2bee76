package io.gradzoo.jobs.facade;

import org.apache.spark.sql.SparkSession;

/** Gives the session that a step runs on, once its config was read and found right. */
@FunctionalInterface
public interface StepSession {

  /**
   * The session, started if there is none.
   *
   * @param meanwhile what can be prepared in the background while one starts
   */
  SparkSession open(Runnable meanwhile);
}
