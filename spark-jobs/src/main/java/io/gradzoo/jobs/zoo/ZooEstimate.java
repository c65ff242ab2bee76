package io.gradzoo.jobs.zoo;

import io.gradzoo.jobs.JobResult;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * What making a zoo takes.
 *
 * @param zoo its name
 * @param runs of it
 * @param members of it
 * @param coreSeconds that all runs take on one core
 * @param cores that work at once here
 * @param tableBytes of its members, before compression
 * @param imageBytes of the images, which every executor holds once
 */
public record ZooEstimate(
    String zoo,
    long runs,
    long members,
    double coreSeconds,
    int cores,
    long tableBytes,
    long imageBytes)
    implements JobResult {
  private static final double HOUR = 3600;

  @Override
  public void print(PrintWriter out) {
    out.printf(
        Locale.ROOT, "zoo generate --estimate: %s, %,d runs, %,d members%n", zoo, runs, members);
    out.printf(
        Locale.ROOT,
        "time: %.4g core-hours (%.3g core-seconds a run), %.4g hours on the %d cores here%n",
        coreSeconds / HOUR,
        coreSeconds / runs,
        coreSeconds / cores / HOUR,
        cores);
    out.printf(
        "table: %s, weights hardly compress; as much again while runs are staged%n",
        ByteCount.words(tableBytes));
    out.printf("memory: %s of images in each executor%n", ByteCount.words(imageBytes));
    out.println("nothing was written");
  }
}
