package io.gradzoo.jobs.cli;

import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A notice of a pending operation, printed after some seconds. */
final class WaitNotice {
  private static final long SECONDS = 5;

  private WaitNotice() {}

  /** Does the work, and prints the line if it lasts. */
  static <T> T saying(String line, PrintStream progress, Supplier<T> work) {
    CompletableFuture<Void> pending =
        CompletableFuture.runAsync(
            () -> progress.println(line),
            CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS));
    try {
      return work.get();
    } finally {
      pending.cancel(false);
    }
  }
}
