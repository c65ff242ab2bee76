package io.gradzoo.jobs.training;

import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.Workspace;
import io.gradzoo.jobs.prediction.Prediction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Runs a metanetwork over examples, on the executors or in one thread. */
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
      return inOrder(
          examples
              .values()
              .flatMap(
                  shard ->
                      WorkspacePool.with(
                              predictor, workspace -> of(workspace, values.value(), shard))
                          .iterator())
              .collect());
    } finally {
      values.destroy();
    }
  }

  /** One prediction per example of a shard, in its order. */
  static List<Prediction> of(Workspace workspace, float[] parameters, List<Example> shard) {
    workspace.load(parameters);
    float[][] predicted = workspace.predictAll(shard);
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < predicted.length; i++) {
      Example example = shard.get(i);
      predictions.add(
          Prediction.of(example.id(), example.architecture(), example.targets(), predicted[i]));
    }
    return predictions;
  }

  /** In the order of the members' ids. */
  static List<Prediction> inOrder(List<Prediction> predictions) {
    return predictions.stream().sorted(Comparator.comparing(Prediction::memberId)).toList();
  }
}
