package io.gradzoo.jobs.curvature;

import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.run.RunDirectory;
import java.io.PrintWriter;

/**
 * A study that was made, and where it stands.
 *
 * @param directory that was published
 */
public record PublishedStudy(Study study, RunDirectory directory) implements JobResult {
  @Override
  public void print(PrintWriter out) {
    StudyTable.print(study, out);
    out.println("study: " + directory);
  }
}
