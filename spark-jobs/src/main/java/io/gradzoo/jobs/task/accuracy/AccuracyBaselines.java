package io.gradzoo.jobs.task.accuracy;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.jobs.baseline.BaselineResult;
import io.gradzoo.jobs.baseline.BaselineSetting;
import io.gradzoo.jobs.baseline.Baselines;
import io.gradzoo.jobs.task.TaskBaselines;
import java.util.List;
import java.util.Set;

/** Learners that know less of symmetry, on flat weights. */
public final class AccuracyBaselines implements TaskBaselines {
  @Override
  public Input input() {
    return Input.WEIGHTS;
  }

  @Override
  public Set<Split> splits() {
    return Set.of(Split.values());
  }

  @Override
  public List<BaselineResult> fit(BaselineSetting setting) {
    return Baselines.fit(setting);
  }
}
