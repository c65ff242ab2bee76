package io.gradzoo.jobs.curvature;

import io.gradzoo.engine.metanet.curvature.SampleReweighting;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.training.LocalTraining;
import java.io.Serializable;
import java.util.List;

/**
 * One training of a study: a pure function of the networks and of this.
 *
 * @param learner index among the study's learners: the models in the order of their names, then the
 *     reweighting
 * @param size training networks
 * @param seed of their draw and of the parameters
 */
record StudyRun(int learner, int size, long seed) implements Serializable {
  /** Name of the learner that is fitted by least squares. */
  static final String REWEIGHTING = "sample reweighting";

  /** Penalties among which the validation networks choose. */
  private static final double[] PENALTIES = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7};

  /** What it came to. */
  record Outcome(StudyRun run, int parameters, double error) implements Serializable {}

  /** Trains a model and measures it. */
  Outcome train(LocalTraining training, StudyExamples examples) {
    LocalTraining.Trained trained =
        training.run(examples.draw(size, seed), examples.validation(), seed);
    return new Outcome(this, trained.parameters(), examples.testError(trained::predict));
  }

  /** Fits the reweighting and measures it. */
  Outcome reweight(StudyExamples examples) {
    List<Example> train = examples.draw(size, seed);
    Architecture architecture = Architecture.parse(train.get(0).architecture());
    SampleReweighting.Fit fit = new SampleReweighting.Fit(architecture);
    for (Example example : train) {
      fit.add(architecture, example.input(), example.targets());
    }
    SampleReweighting best = null;
    double bestError = Double.POSITIVE_INFINITY;
    for (double penalty : PENALTIES) {
      SampleReweighting candidate = fit.solve(penalty);
      double error = 0;
      for (Example example : examples.validation()) {
        float[] estimate = candidate.estimate(architecture, example.input());
        error += examples.scale().squaredError(estimate, example.targets());
      }
      if (error < bestError) {
        best = candidate;
        bestError = error;
      }
    }
    SampleReweighting chosen = best;
    return new Outcome(
        this,
        chosen.parameters(),
        examples.testError(example -> chosen.estimate(architecture, example.input())));
  }
}
