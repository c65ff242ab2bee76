package io.gradzoo.jobs.table;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;

/**
 * The local file system of a process that dies at one of its calls: neither that call nor any later
 * one does anything.
 */
final class DyingFileSystem extends WatchedFileSystem {
  private final int last;
  private int calls;

  DyingFileSystem(int last) throws IOException {
    this.last = last;
    initialize(URI.create("file:///"), new Configuration(false));
  }

  @Override
  void call() {
    if (++calls > last) {
      throw new Death();
    }
  }

  @Override
  void write() {
    call();
  }
}
