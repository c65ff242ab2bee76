package io.gradzoo.jobs.task.trace;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.jobs.baseline.BaselineResult;
import io.gradzoo.jobs.baseline.BaselineSetting;
import io.gradzoo.jobs.baseline.Estimator;
import io.gradzoo.jobs.task.TaskBaselines;
import java.util.List;
import java.util.Set;

/** The sums of estimated diagonals, by estimators that learn nothing. */
public final class TraceBaselines implements TaskBaselines {
  @Override
  public Input input() {
    return Input.GRADIENT_SETS;
  }

  @Override
  public Set<Split> splits() {
    return Set.of(Split.TEST);
  }

  @Override
  public List<BaselineResult> fit(BaselineSetting setting) {
    return Estimator.all(setting.examples().read(Split.TEST), TraceBaselines::trace);
  }

  private static float[] trace(float[] diagonal) {
    double sum = 0;
    for (float entry : diagonal) {
      sum += entry;
    }
    return new float[] {(float) sum};
  }
}
