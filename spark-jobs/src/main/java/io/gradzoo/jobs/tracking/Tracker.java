package io.gradzoo.jobs.tracking;

import java.io.IOException;

/** A place that shows trainings. One thread calls {@link #show}. */
interface Tracker {
  /** The place, for messages. */
  String place();

  /**
   * Adds what it does not show yet, which it finds out by looking: nothing is shown twice. After a
   * failure it looks again.
   *
   * @throws IOException if it cannot be reached or written; any other exception means the same
   */
  void show(TrackedRun run) throws IOException;

  /** Ends it, and a {@link #show} that another thread waits for. */
  void close();
}
