package io.gradzoo.jobs.table;

import java.io.IOException;
import java.time.Duration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Changes a file of this process until closed, as a {@link Lease} says. Whoever takes this process
 * for dead deletes the file, which is never made again: then this process may write no more.
 */
final class Heartbeat implements AutoCloseable {
  private final FileSystem files;
  private final Path file;
  private final Lease lease;
  private final Thread thread;
  private boolean over;

  private Heartbeat(FileSystem files, Path file, Lease lease) {
    this.files = files;
    this.file = file;
    this.lease = lease;
    this.thread = new Thread(this::run, "gradzoo-heartbeat");
    this.thread.setDaemon(true);
  }

  /**
   * Begins.
   *
   * @param file that is there
   */
  static Heartbeat of(FileSystem files, Path file, Lease lease) {
    Heartbeat heartbeat = new Heartbeat(files, file, lease);
    heartbeat.thread.start();
    return heartbeat;
  }

  /** Whether nobody took this process for dead. */
  synchronized boolean held() throws IOException {
    return !over && files.exists(file);
  }

  /** Ends it and deletes the file. */
  @Override
  public void close() throws IOException {
    thread.interrupt();
    end();
  }

  private void run() {
    try {
      do {
        Thread.sleep(lease.beat().toMillis());
      } while (beat());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** False if there is nothing left to tell. */
  private synchronized boolean beat() {
    if (over) {
      return false;
    }
    long began = System.nanoTime();
    try {
      if (!files.exists(file)) {
        over = true;
        return false;
      }
      files.create(file, true).close(); // object stores change no times
      if (Duration.ofNanos(System.nanoTime() - began).compareTo(lease.silence().dividedBy(2)) > 0) {
        end(); // another may have deleted it between the two calls
      }
    } catch (IOException e) {
      // What cannot be told now is told with the next beat.
    }
    return !over;
  }

  private synchronized void end() throws IOException {
    over = true;
    files.delete(file, false);
  }
}
