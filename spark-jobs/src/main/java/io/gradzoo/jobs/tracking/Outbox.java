package io.gradzoo.jobs.tracking;

import io.gradzoo.jobs.Progress;
import java.io.IOException;
import java.time.Duration;

/**
 * Has a tracker show the newest of a training in a thread of its own, so that the training neither
 * waits for it nor fails with it. The first failure is said; at the next news it is tried again.
 */
final class Outbox implements AutoCloseable {
  /** For what is left when a training is over. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String command;
  private final Tracker tracker;
  private final Progress progress;
  private final Duration patience;
  private final Thread thread;
  private TrackedRun newest;
  private boolean closed;
  private boolean complained;

  /**
   * @param command for messages, such as {@code train scalegmn}
   * @param patience how long {@link #close} waits for what is left
   */
  Outbox(String command, Tracker tracker, Progress progress, Duration patience) {
    this.command = command;
    this.tracker = tracker;
    this.progress = progress;
    this.patience = patience;
    this.thread = new Thread(this::work, "tracking");
    thread.setDaemon(true);
    thread.start();
  }

  /** What is to be shown, in place of what was put before. */
  synchronized void put(TrackedRun run) {
    newest = run;
    notifyAll();
  }

  @SuppressWarnings("CatchingUnchecked") // whatever a client throws, a training goes on
  private void work() {
    try {
      for (TrackedRun run = next(); run != null; run = next()) {
        try {
          tracker.show(run);
        } catch (IOException | RuntimeException | LinkageError e) {
          complain(reason(e));
        }
      }
      tracker.close();
    } catch (InterruptedException | RuntimeException e) {
      complain(reason(e));
    }
  }

  /** Waits for news; null when there will be none. */
  private synchronized TrackedRun next() throws InterruptedException {
    while (newest == null && !closed) {
      wait();
    }
    TrackedRun run = newest;
    newest = null;
    return run;
  }

  private void complain(String reason) {
    synchronized (this) {
      if (complained) {
        return;
      }
      complained = true;
    }
    progress.note("%s: goes on without %s: %s".formatted(command, tracker.place(), reason));
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage()).strip();
    return root.getClass().getSimpleName() + " " + message.lines().findFirst().orElse("");
  }

  /** So that the thread ends too. */
  private void giveUp() {
    try {
      tracker.close();
    } catch (RuntimeException e) {
      complain(reason(e));
    }
  }

  /** Waits for what is left, but not for long. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      complain("no answer in " + patience.toSeconds() + " s");
      giveUp();
    }
  }
}
