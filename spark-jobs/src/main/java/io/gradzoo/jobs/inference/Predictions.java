package io.gradzoo.jobs.inference;

import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.Workspace;
import io.gradzoo.jobs.device.Placement;
import io.gradzoo.jobs.prediction.Answer;
import io.gradzoo.jobs.prediction.Prediction;
import io.gradzoo.jobs.prediction.Validation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Runs a metanetwork over examples, on the executors or in one thread. */
public final class Predictions {
  private Predictions() {}

  /** One prediction per example, in the order of the members' ids. */
  public static List<Prediction> of(
      JavaSparkContext spark,
      Predictor predictor,
      float[] parameters,
      JavaPairRDD<Integer, List<Example>> examples) {
    Broadcast<float[]> values = spark.broadcast(parameters);
    try {
      return inOrder(
          answers(predictor, values, examples.values()).map(Answer::prediction).collect());
    } finally {
      values.destroy();
    }
  }

  /** One answer per example, each number of it, in no order. */
  public static JavaRDD<Answer> answers(
      Predictor predictor, Broadcast<float[]> parameters, JavaRDD<List<Example>> shards) {
    return shards.flatMap(
        shard ->
            WorkspacePool.with(predictor, w -> answers(w, parameters.value(), shard)).iterator());
  }

  /**
   * How well parameters perform on examples, in the order of the members' ids.
   *
   * @param placement of the tasks, which run what training runs
   */
  public static Validation validation(
      JavaSparkContext spark,
      Predictor predictor,
      float[] parameters,
      JavaPairRDD<Integer, List<Example>> examples,
      Placement placement) {
    Broadcast<float[]> values = spark.broadcast(parameters);
    try {
      return Validation.of(
          placement
              .place(
                  examples
                      .values()
                      .flatMap(
                          shard ->
                              WorkspacePool.with(predictor, w -> evaluate(w, values.value(), shard))
                                  .iterator()))
              .collect());
    } finally {
      values.destroy();
    }
  }

  /** One prediction per example of a shard, in its order, with what training makes of it. */
  public static List<Validation.ScoredPrediction> evaluate(
      Workspace workspace, float[] parameters, List<Example> shard) {
    workspace.load(parameters);
    List<Workspace.EvaluatedExample> results = workspace.evaluate(shard);
    List<Validation.ScoredPrediction> judged = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Workspace.EvaluatedExample result = results.get(i);
      Prediction prediction = answer(shard.get(i), result.predicted()).prediction();
      judged.add(new Validation.ScoredPrediction(prediction, result.loss()));
    }
    return judged;
  }

  private static List<Answer> answers(
      Workspace workspace, float[] parameters, List<Example> shard) {
    workspace.load(parameters);
    float[][] predicted = workspace.predictAll(shard);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < predicted.length; i++) {
      answers.add(answer(shard.get(i), predicted[i]));
    }
    return answers;
  }

  private static Answer answer(Example example, float[] predicted) {
    return new Answer(example.id(), example.architecture().id(), example.targets(), predicted);
  }

  /** In the order of the members' ids. */
  static List<Prediction> inOrder(List<Prediction> predictions) {
    return predictions.stream().sorted(Comparator.comparing(Prediction::memberId)).toList();
  }
}
