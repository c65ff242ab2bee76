package io.gradzoo.jobs.table;

import java.io.IOException;

/** Work on files. */
@FunctionalInterface
interface FileWork {
  void run() throws IOException;
}
