package io.gradzoo.jobs.run;

import io.gradzoo.datasets.DataException;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import java.util.ArrayList;
import java.util.List;

/** Job: the runs in the runs folder, by name; damaged ones are faults. */
public final class ListRuns implements Job<RunList> {
  @Override
  public RunList run(JobContext context) {
    List<RunSummary> runs = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    for (RunDirectory run : RunDirectory.in(context.config().storage().runs())) {
      try {
        runs.add(RunSummary.of(run));
      } catch (GradzooException e) {
        faults.addAll(e.faults());
      } catch (DataException e) {
        faults.addAll(e.faults());
      }
    }
    return new RunList(runs, faults);
  }
}
