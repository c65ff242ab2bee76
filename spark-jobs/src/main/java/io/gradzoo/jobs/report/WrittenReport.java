package io.gradzoo.jobs.report;

import io.gradzoo.jobs.JobResult;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * A report that was written.
 *
 * @param page absolute
 */
public record WrittenReport(Path page) implements JobResult {
  @Override
  public void print(PrintWriter out) {
    out.println("report: " + page);
  }
}
