package io.gradzoo.jobs.published;

import io.gradzoo.jobs.JobResult;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * A zoo that was written as files.
 *
 * @param folder of the files
 * @param networks that were written
 * @param leftOut members without weights
 */
public record ExportedZoo(String folder, long networks, long leftOut) implements JobResult {
  @Override
  public void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "networks in %s: %,d; left out, without weights: %,d%n",
        folder,
        networks,
        leftOut);
  }
}
