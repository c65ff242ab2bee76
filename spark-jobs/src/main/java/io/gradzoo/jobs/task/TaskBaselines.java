package io.gradzoo.jobs.task;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.jobs.baseline.BaselineResult;
import io.gradzoo.jobs.baseline.BaselineSetting;
import java.util.List;
import java.util.Set;

/**
 * The baselines that models of a task are compared with. The code version of an evaluation starts
 * from this class too.
 */
public interface TaskBaselines {
  /** The inputs of baselines. */
  enum Input {
    /** Flat weights. */
    WEIGHTS,
    /** Neuron features (a, g) that are not standardised; of members that have factors. */
    GRADIENT_SETS
  }

  /** Their inputs. */
  Input input();

  /** Splits of which they need members, at least two of each. */
  Set<Split> splits();

  /** Fits them all and predicts the test split; in the order of tables. */
  List<BaselineResult> fit(BaselineSetting setting);
}
