package io.gradzoo.jobs.task.classification;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.jobs.baseline.Baseline;
import io.gradzoo.jobs.baseline.BaselineResult;
import io.gradzoo.jobs.baseline.BaselineSetting;
import io.gradzoo.jobs.baseline.Baselines;
import io.gradzoo.jobs.baseline.LearningAim;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.prediction.Validation;
import io.gradzoo.jobs.task.TaskBaselines;
import java.util.List;
import java.util.Set;

/** The shares of the classes, and networks that know less of symmetry, on flat weights. */
public final class ClassificationBaselines implements TaskBaselines {
  private static final List<Baseline> ALL =
      List.of(Baseline.FREQUENCIES, Baseline.STATNN, Baseline.FLAT_MLP, Baseline.DEEP_SETS);

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
    SoftmaxLoss loss = new SoftmaxLoss(setting.numbers());
    LearningAim aim =
        new LearningAim(setting.numbers(), loss, loss, ClassificationBaselines::goodness);
    return Baselines.fit(setting, ALL, aim);
  }

  private static double goodness(List<Prediction> predictions) {
    double loss =
        predictions.stream().mapToDouble(Prediction::crossEntropy).average().orElseThrow();
    return new Validation(Prediction.agreement(predictions), loss).accuracyThenLoss();
  }
}
