package io.gradzoo.jobs.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;

/**
 * A pool of threads, the calling one among them, each of which does one part of every task. They
 * spin between tasks, as threads of OpenMP do: a processor that sleeps, even briefly, lowers its
 * clock, and a virtual one is given to others.
 */
final class ThreadPool implements AutoCloseable {
  private final int size;
  private final AtomicInteger working = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private Object[] results;
  private IntFunction<?> part;
  private volatile int round;
  private volatile boolean closed;

  ThreadPool(int size) {
    this.size = size;
    for (int i = 1; i < size; i++) {
      int number = i;
      Thread thread = new Thread(() -> serve(number), "bench-" + number);
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * Does one part on each thread and waits for all.
   *
   * @param task the work of number 0 … size − 1
   * @return their results in order
   * @throws IllegalStateException if a part failed, with its failure as the cause
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // no other thread writes it
  <T> List<T> all(IntFunction<T> task) {
    part = task;
    results = new Object[size];
    working.set(size);
    round++;
    work(0);
    while (working.get() > 0) {
      Thread.onSpinWait();
    }
    Throwable failed = failure.getAndSet(null);
    if (failed != null) {
      throw new IllegalStateException(failed);
    }
    List<T> all = new ArrayList<>();
    for (Object result : results) {
      @SuppressWarnings("unchecked") // from task
      T own = (T) result;
      all.add(own);
    }
    return all;
  }

  private void serve(int number) {
    int served = 0;
    while (!closed) {
      if (round == served) {
        Thread.onSpinWait();
      } else {
        served++;
        work(number);
      }
    }
  }

  private void work(int number) {
    try {
      results[number] = part.apply(number);
    } catch (RuntimeException | Error e) {
      failure.set(e);
    } finally {
      working.decrementAndGet();
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
