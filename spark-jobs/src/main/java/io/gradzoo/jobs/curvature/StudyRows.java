package io.gradzoo.jobs.curvature;

import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.JobResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;

/**
 * Job: makes the trainings of some models of the study and keeps them for {@link CurvatureStudy},
 * which publishes once it has all.
 */
public final class StudyRows implements Job<StudyRows.KeptTrainings> {
  private final Set<String> only;

  /**
   * @param only names of models of the study
   */
  public StudyRows(List<String> only) {
    this.only = Set.copyOf(only);
  }

  /**
   * Trainings that are over.
   *
   * @param done how many
   * @param all of the study
   */
  public record KeptTrainings(long done, int all) implements JobResult {
    @Override
    public void print(PrintWriter out) {
      out.printf(
          "study: %d of %d trainings are kept; gradzoo study makes the rest and publishes%n",
          done, all);
    }
  }

  /**
   * Trains.
   *
   * @throws io.gradzoo.jobs.GradzooException exit code 2 if the study has no such model, else as
   *     {@link CurvatureStudy#run}
   */
  @Override
  public KeptTrainings run(JobContext context) {
    return CurvatureStudy.keep(context, only);
  }
}
