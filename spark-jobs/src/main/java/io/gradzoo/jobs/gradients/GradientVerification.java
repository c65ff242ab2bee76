package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.fault.Fault;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.Job;
import io.gradzoo.jobs.JobContext;
import io.gradzoo.jobs.session.JobDescription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Job: recomputes the gradient sets of some members from the tables alone, and compares. Which
 * members is a function of the seed. What is compared stays on the executors.
 */
public final class GradientVerification implements Job<Verification> {
  private final int members;

  /**
   * Verifies that many members, or all if there are fewer.
   *
   * @throws GradzooException exit code 2 if the number is not positive
   */
  public GradientVerification(int members) {
    if (members <= 0) {
      throw GradzooException.usage(
          Fault.of("gradients verify")
              .at("--members")
              .expected("a positive number")
              .found(members));
    }
    this.members = members;
  }

  /** Compares; sets that are others than those that the tables describe are faults. */
  @Override
  public Verification run(JobContext context) {
    List<Comparison> comparisons =
        JobDescription.during(
            context.session(),
            "gradients verify " + context.config().zoo().name(),
            () ->
                new ArrayList<>(
                    new StoredSets(context).ofMembers(members).map(Replay::of).collect()));
    comparisons.sort(Comparator.comparing(Comparison::gradientSetId));
    return new Verification(comparisons);
  }
}
