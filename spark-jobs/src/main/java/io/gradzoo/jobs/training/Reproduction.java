package io.gradzoo.jobs.training;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.JobResult;
import io.gradzoo.jobs.run.RunDirectory;
import java.io.PrintWriter;
import java.util.List;

/**
 * What came of training a run again.
 *
 * @param original the run
 * @param again the new one
 * @param differing names of the files whose bytes differ
 * @param reasons differences in what the two depend on, in words
 */
public record Reproduction(
    RunDirectory original, RunDirectory again, List<String> differing, List<String> reasons)
    implements JobResult {
  public Reproduction {
    differing = List.copyOf(differing);
    reasons = List.copyOf(reasons);
  }

  @Override
  public void print(PrintWriter out) {
    if (differing.isEmpty()) {
      out.println("reproduced " + original.path() + ": the same model and metrics to the byte");
    }
  }

  @Override
  public List<Fault> faults() {
    return differing.isEmpty()
        ? List.of()
        : List.of(
            Fault.of("runs reproduce")
                .at(original.path())
                .expected("the same bytes as in %s", again.path())
                .found(
                    "others in %s%s",
                    String.join(", ", differing),
                    reasons.isEmpty() ? "" : "; " + String.join(", ", reasons))
                .fix("the build and the tables that the run names"));
  }
}
