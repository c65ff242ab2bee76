package io.gradzoo.jobs.task.diagonal;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.metanet.curvature.SampleReweighting;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.baseline.BaselineResult;
import io.gradzoo.jobs.baseline.BaselineSetting;
import io.gradzoo.jobs.baseline.Estimator;
import io.gradzoo.jobs.baseline.ReweightingFit;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.task.TaskBaselines;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Estimators that learn nothing, and the reweighting of samples by least squares where it can read
 * the networks.
 */
public final class DiagonalBaselines implements TaskBaselines {
  @Override
  public Input input() {
    return Input.GRADIENT_SETS;
  }

  @Override
  public Set<Split> splits() {
    return Set.of(Split.values());
  }

  @Override
  public List<BaselineResult> fit(BaselineSetting setting) {
    List<Example> test = setting.examples().read(Split.TEST);
    List<BaselineResult> results = new ArrayList<>(Estimator.all(test, diagonal -> diagonal));
    List<Example> train = setting.examples().read(Split.TRAIN);
    List<LayeredArchitecture> architectures =
        train.stream()
            .map(Example::architecture)
            .distinct()
            .map(LayeredArchitecture::from)
            .toList();
    if (SampleReweighting.reads(architectures)) {
      results.add(reweighting(setting, train, test));
    }
    return results;
  }

  private static BaselineResult reweighting(
      BaselineSetting setting, List<Example> train, List<Example> test) {
    long start = System.nanoTime();
    SampleReweighting fitted =
        ReweightingFit.of(
            train, setting.examples().read(Split.VALIDATION), setting.targets().orElseThrow());
    double seconds = (System.nanoTime() - start) * 1e-9;
    List<Prediction> estimates =
        test.stream()
            .map(
                e ->
                    Prediction.of(
                        e.id(),
                        e.architecture().id(),
                        e.targets(),
                        ReweightingFit.estimate(fitted, e)))
            .toList();
    return new BaselineResult(
        ReweightingFit.NAME, estimates, ReweightingFit.SETTINGS, fitted.parameters(), seconds);
  }
}
