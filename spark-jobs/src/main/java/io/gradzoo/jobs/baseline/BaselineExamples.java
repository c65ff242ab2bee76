package io.gradzoo.jobs.baseline;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.baseline.WeightStatistics;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.prediction.Prediction;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * The members of a model in their splits: flat weights, in the order of their ids.
 *
 * @param train what baselines are fitted to
 * @param validation what settings are chosen by
 * @param test what they are evaluated on
 */
record BaselineExamples(List<Example> train, List<Example> validation, List<Example> test)
    implements Serializable {

  /** Of all splits. */
  static BaselineExamples of(BaselineSetting.Examples weights) {
    return new BaselineExamples(
        weights.read(Split.TRAIN), weights.read(Split.VALIDATION), weights.read(Split.TEST));
  }

  /** The same members with the statistics of each tensor in place of the weights. */
  BaselineExamples statistics() {
    return new BaselineExamples(statistics(train), statistics(validation), statistics(test));
  }

  /** The largest of something that architectures have. */
  int largest(ToIntFunction<Architecture> size) {
    return List.of(train, validation, test).stream()
        .flatMap(List::stream)
        .map(Example::architecture)
        .distinct()
        .mapToInt(size)
        .max()
        .orElseThrow();
  }

  /** Predictions of one number each. */
  static List<Prediction> predictions(List<Example> examples, ToDoubleFunction<Example> predictor) {
    return examples.stream()
        .map(
            e ->
                Prediction.of(
                    e.id(), e.architecture().id(), e.target(), predictor.applyAsDouble(e)))
        .toList();
  }

  private static List<Example> statistics(List<Example> examples) {
    List<Example> described = new ArrayList<>();
    for (Example example : examples) {
      double[] of = WeightStatistics.of(example.architecture(), example.input().weights());
      float[] rounded = new float[of.length];
      for (int i = 0; i < of.length; i++) {
        rounded[i] = (float) of[i];
      }
      described.add(
          new Example(
              example.id(),
              example.architecture(),
              ExampleParts.ofFeatures(rounded),
              example.targets()));
    }
    return described;
  }
}
