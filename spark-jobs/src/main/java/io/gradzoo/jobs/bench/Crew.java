package io.gradzoo.jobs.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Threads that do their parts of a piece of work side by side. */
final class Crew implements AutoCloseable {
  private final int size;
  private final ExecutorService threads;

  Crew(int size) {
    this.size = size;
    this.threads = Executors.newFixedThreadPool(size);
  }

  /**
   * Does one part on each thread and waits for all.
   *
   * @param part the work of number 0 … size − 1
   * @return their results in order
   */
  <T> List<T> all(IntFunction<T> part) {
    List<Callable<T>> parts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int number = i;
      parts.add(() -> part.apply(number));
    }
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(parts)) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while benchmarking", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
