package io.gradzoo.jobs.baseline;

import io.gradzoo.engine.training.Example;

/** The mean of the training targets, whatever the member. */
record MeanTrial() implements Trial {
  @Override
  public Fitted fit(BaselineExamples examples) {
    double mean = examples.train().stream().mapToDouble(Example::target).average().orElseThrow();
    return new Fitted(
        BaselineExamples.predictions(examples.validation(), example -> mean),
        BaselineExamples.predictions(examples.test(), example -> mean),
        1);
  }
}
