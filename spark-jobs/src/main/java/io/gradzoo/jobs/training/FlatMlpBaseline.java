package io.gradzoo.jobs.training;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.metanet.baseline.FlatMlp;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.jobs.prediction.Prediction;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A flat perceptron trained on the weights of a model's members, in the same rounds and splits as
 * the model itself.
 */
public final class FlatMlpBaseline {
  private static final int WIDTH = 64;

  private final JavaSparkContext spark;
  private final MetanetworkSpec spec;
  private final float[] parameters;
  private final ExampleSets weights;

  private FlatMlpBaseline(
      JavaSparkContext spark, MetanetworkSpec spec, float[] parameters, ExampleSets weights) {
    this.spark = spark;
    this.spec = spec;
    this.parameters = parameters;
    this.weights = weights;
  }

  /**
   * Trains the baseline beside a model.
   *
   * @param weights flat weights of the model's members
   */
  public static FlatMlpBaseline fit(SparkSession session, TrainedModel model, ExampleSets weights) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    int inputs = largest(weights);
    MetanetworkSpec spec = new FlatMlp.Spec(inputs, WIDTH);
    AveragedTraining.Result result =
        new AveragedTraining(
                "flat MLP beside " + model.model().name(),
                spark,
                spec,
                weights,
                model.model().training(),
                model.config().seed())
            .run(round -> {});
    return new FlatMlpBaseline(spark, spec, result.parameters(), weights);
  }

  /** Parameters of the largest network. */
  private static int largest(ExampleSets weights) {
    return Arrays.stream(Split.values())
        .flatMap(split -> weights.architectures(split).stream())
        .mapToInt(architecture -> Architecture.parse(architecture).parameterCount())
        .max()
        .orElseThrow();
  }

  /** Its predictions for a split, in the order of the members' ids. */
  public List<Prediction> predict(Split split) {
    return Predictions.of(spark, spec, parameters, weights.of(split));
  }

  /** Learned numbers. */
  public long parameters() {
    return parameters.length;
  }
}
