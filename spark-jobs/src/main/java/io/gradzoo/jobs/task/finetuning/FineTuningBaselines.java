package io.gradzoo.jobs.task.finetuning;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.baseline.BaselineResult;
import io.gradzoo.jobs.baseline.BaselineSetting;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.task.TaskBaselines;
import java.util.List;
import java.util.Set;

/** Members as they are. */
public final class FineTuningBaselines implements TaskBaselines {
  @Override
  public Input input() {
    return Input.WEIGHTS;
  }

  @Override
  public Set<Split> splits() {
    return Set.of(Split.TEST);
  }

  @Override
  public List<BaselineResult> fit(BaselineSetting setting) {
    List<Prediction> unchanged =
        setting.examples().read(Split.TEST).stream().map(FineTuningBaselines::unchanged).toList();
    return List.of(new BaselineResult("as they are", unchanged, 1, 0, 0));
  }

  private static Prediction unchanged(Example member) {
    return Prediction.of(member.id(), member.architecture().id(), member.target(), member.target());
  }
}
