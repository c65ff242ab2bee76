package io.gradzoo.jobs.run;

import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import java.util.Arrays;

/** Job: in what two runs differ, and how both went. */
public final class CompareRuns implements Job<RunDifference> {
  private final RunDirectory first;
  private final RunDirectory second;

  /** Of two run directories. */
  public CompareRuns(RunDirectory first, RunDirectory second) {
    this.first = first;
    this.second = second;
  }

  /**
   * Compares.
   *
   * @throws GradzooException exit code 3 if one is no run, or does not say what it was trained on
   */
  @Override
  public RunDifference run(JobContext context) {
    TrainedModel one = TrainedModel.load(first, context);
    TrainedModel other = TrainedModel.load(second, context);
    return new RunDifference(
        RunSummary.of(first),
        RunSummary.of(second),
        one.identity(first).differences(other.identity(second)),
        Arrays.equals(one.parameters(), other.parameters()));
  }
}
