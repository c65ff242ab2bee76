package io.gradzoo.jobs.training;

import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.rounds.RoundCosts;
import io.gradzoo.jobs.run.RunDirectory;
import io.gradzoo.jobs.run.TrainedModel;
import java.io.PrintWriter;

/**
 * A model that was trained, and where it stands.
 *
 * @param directory that was published
 * @param costs of its rounds, without those that an interrupted training had made
 */
public record TrainedRun(RunDirectory directory, TrainedModel model, RoundCosts costs)
    implements JobResult {
  @Override
  public void print(PrintWriter out) {
    out.println("trained " + model.model().name() + ": " + directory);
    if (costs.rounds() > 0) {
      out.println(costs.words());
    }
  }
}
