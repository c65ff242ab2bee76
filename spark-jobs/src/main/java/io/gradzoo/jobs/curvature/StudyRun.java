package io.gradzoo.jobs.curvature;

import io.gradzoo.engine.metanet.curvature.SampleReweighting;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.baseline.ReweightingFit;
import io.gradzoo.jobs.rounds.LocalTraining;
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
  /** The result of a run. */
  record StudyResult(StudyRun run, int parameters, double error) implements Serializable {}

  /** Trains a model and measures it. */
  StudyResult train(LocalTraining training, StudyExamples examples) {
    LocalTraining.Trained trained =
        training.run(examples.draw(size, seed), examples.validation(), seed);
    return new StudyResult(this, trained.parameters().length, examples.testError(trained::predict));
  }

  /** Fits the reweighting and measures it. */
  StudyResult reweight(StudyExamples examples) {
    List<Example> train = examples.draw(size, seed);
    SampleReweighting chosen = ReweightingFit.of(train, examples.validation(), examples.scale());
    return new StudyResult(
        this,
        chosen.parameters(),
        examples.testError(example -> ReweightingFit.estimate(chosen, example)));
  }
}
