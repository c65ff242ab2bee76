package io.gradzoo.jobs.training;

import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.prediction.Prediction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Runs a metanetwork over examples on the executors. */
final class Predictions {
  private Predictions() {}

  /** One prediction per example, in the order of the members' ids. */
  static List<Prediction> of(
      JavaSparkContext spark,
      Predictor predictor,
      float[] parameters,
      JavaPairRDD<Integer, List<Example>> examples) {
    Broadcast<float[]> values = spark.broadcast(parameters);
    try {
      List<Prediction> predictions =
          new ArrayList<>(
              examples
                  .values()
                  .flatMap(shard -> predict(predictor, values.value(), shard).iterator())
                  .collect());
      predictions.sort(Comparator.comparing(Prediction::memberId));
      return predictions;
    } finally {
      values.destroy();
    }
  }

  private static List<Prediction> predict(
      Predictor predictor, float[] parameters, List<Example> shard) {
    return WorkspacePool.with(
        predictor,
        workspace -> {
          workspace.load(parameters);
          float[][] predicted = workspace.predictAll(shard);
          List<Prediction> predictions = new ArrayList<>();
          for (int i = 0; i < predicted.length; i++) {
            Example example = shard.get(i);
            predictions.add(
                Prediction.of(
                    example.id(), example.architecture(), example.targets(), predicted[i]));
          }
          return predictions;
        });
  }
}
