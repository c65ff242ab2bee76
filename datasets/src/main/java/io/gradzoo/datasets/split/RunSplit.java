package io.gradzoo.datasets.split;

import io.gradzoo.engine.fault.Fault;
import java.io.Serializable;

/**
 * Assigns runs to splits by a seeded hash of the run's id. All members of a run (its checkpoints)
 * share the id, so no run is in two splits; adding runs moves none of the others.
 *
 * <p>With u the upper 53 bits of {@link StableHash}{@code (seed ^ 0x73706c6974, id)} as a number in
 * [0, 1), a run is TRAIN if u &lt; trainShare, VALIDATION if u &lt; trainShare + validationShare,
 * else TEST.
 *
 * @param seed chooses one assignment of many
 * @param trainShare expected share of runs to train on, 0 to 1
 * @param validationShare expected share of runs to validate on, 0 to 1; the rest is tested on
 */
public record RunSplit(long seed, double trainShare, double validationShare)
    implements Serializable {
  private static final long SALT = 0x73706c6974L; // "split"

  public RunSplit {
    boolean shares = trainShare >= 0 && validationShare >= 0 && trainShare + validationShare <= 1;
    if (!shares) {
      throw Fault.of("run split")
          .expected("shares of 0 or more that sum to at most 1")
          .found(trainShare + " to train and " + validationShare + " to validate")
          .exception();
    }
  }

  /**
   * Where a run stands among all: u, from 0 (included) to 1 (excluded). Whatever the shares are, a
   * split has the runs of one interval.
   */
  public static double position(long seed, String runId) {
    return StableHash.unit(StableHash.of(seed ^ SALT, runId));
  }

  /** The split of a run. */
  public Split assign(long runId) {
    return split(StableHash.unit(StableHash.of(seed ^ SALT, runId)));
  }

  /** The split of a run whose id is text, such as a {@code modeldir}. */
  public Split assign(String runId) {
    return split(position(seed, runId));
  }

  private Split split(double u) {
    if (u < trainShare) {
      return Split.TRAIN;
    }
    return u < trainShare + validationShare ? Split.VALIDATION : Split.TEST;
  }
}
