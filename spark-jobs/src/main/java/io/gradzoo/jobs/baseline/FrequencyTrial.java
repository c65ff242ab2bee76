package io.gradzoo.jobs.baseline;

import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.prediction.Prediction;
import java.util.List;

/**
 * The shares of the classes in the training split, whatever the member. Each class counts one more
 * than there are, so that none is impossible.
 */
record FrequencyTrial(int classes) implements Trial {
  @Override
  public Fitted fit(BaselineExamples examples) {
    float[] logarithms = new float[classes];
    int[] counts = new int[classes];
    examples.train().forEach(example -> counts[(int) example.target()]++);
    double all = examples.train().size() + (double) classes;
    for (int c = 0; c < classes; c++) {
      logarithms[c] = (float) StrictMath.log((counts[c] + 1) / all);
    }
    return new Fitted(
        predictions(examples.validation(), logarithms),
        predictions(examples.test(), logarithms),
        classes);
  }

  private static List<Prediction> predictions(List<Example> examples, float[] logarithms) {
    return examples.stream()
        .map(e -> Prediction.of(e.id(), e.architecture().id(), e.targets(), logarithms))
        .toList();
  }
}
