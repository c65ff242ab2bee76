package io.gradzoo.jobs.run;

import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;

/** Job: what one run is, where it comes from and how it went; every file of it is checked. */
public final class ShowRun implements Job<RunDescription> {
  private final RunDirectory directory;

  /**
   * @param directory of the run
   */
  public ShowRun(RunDirectory directory) {
    this.directory = directory;
  }

  /**
   * Reads it.
   *
   * @throws GradzooException exit code 3 if it is no run, or a file is missing or was changed
   */
  @Override
  public RunDescription run(JobContext context) {
    return directory.consistently(
        () -> {
          TrainedModel model = TrainedModel.load(directory, context);
          for (String name : directory.files()) {
            directory.read(name);
          }
          return new RunDescription(
              RunSummary.of(directory), model, directory.tableVersions(), directory.files());
        });
  }
}
