package io.gradzoo.jobs.baseline;

import io.gradzoo.engine.metanet.curvature.SampleReweighting;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.TargetStatistics;
import java.util.List;

/** The sample reweighting of the penalty by which validation networks are estimated best. */
public final class ReweightingFit {
  /** What it is called beside other estimators. */
  public static final String NAME = "sample reweighting";

  private static final double[] PENALTIES = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7};

  /** How many penalties are tried. */
  public static final int SETTINGS = PENALTIES.length;

  private ReweightingFit() {}

  /**
   * Fits it.
   *
   * @param train networks with neuron features that are not standardised, at least one
   * @param validation likewise
   * @param scale in whose deviations validation errors are counted
   */
  public static SampleReweighting of(
      List<Example> train, List<Example> validation, TargetStatistics scale) {
    SampleReweighting.Fit fit =
        new SampleReweighting.Fit(LayeredArchitecture.from(train.get(0).architecture()));
    for (Example example : train) {
      fit.add(
          LayeredArchitecture.from(example.architecture()),
          example.input().features(),
          example.targets());
    }
    SampleReweighting best = null;
    double bestError = Double.POSITIVE_INFINITY;
    for (double penalty : PENALTIES) {
      SampleReweighting candidate = fit.solve(penalty);
      double error = 0;
      for (Example example : validation) {
        error += scale.squaredError(estimate(candidate, example), example.targets());
      }
      if (error < bestError) {
        best = candidate;
        bestError = error;
      }
    }
    return best;
  }

  /** The estimate of an example's Fisher diagonal, in the flat layout. */
  public static float[] estimate(SampleReweighting reweighting, Example example) {
    return reweighting.estimate(
        LayeredArchitecture.from(example.architecture()), example.input().features());
  }
}
