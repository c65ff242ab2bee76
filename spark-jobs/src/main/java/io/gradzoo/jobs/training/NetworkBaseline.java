package io.gradzoo.jobs.training;

import io.gradzoo.datasets.split.Split;
import io.gradzoo.engine.metanet.MetanetworkSpec;
import io.gradzoo.engine.metanet.baseline.DeepSets;
import io.gradzoo.engine.metanet.baseline.FlatMlp;
import io.gradzoo.engine.metanet.baseline.StatNn;
import io.gradzoo.engine.network.TargetArchitecture;
import io.gradzoo.engine.network.transformer.Architectures;
import io.gradzoo.engine.training.BestOfRounds;
import io.gradzoo.jobs.prediction.Prediction;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A network that knows less of symmetry, trained on the weights of a model's members in the same
 * rounds and splits as the model itself.
 */
public final class NetworkBaseline {
  /** Which network. */
  public enum Kind {
    /** A perceptron of each layer's weight statistics. */
    STATNN("StatNN, perceptron"),
    /** A perceptron of all parameters in their order. */
    FLAT_MLP("flat MLP"),
    /** Each tensor as the set of its numbers. */
    DEEP_SETS("DeepSets");

    private static final int STATISTICS_WIDTH = 64;
    private static final int FLAT_WIDTH = 64;
    private static final int SET_WIDTH = 16;

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** Its name in tables. */
    public String title() {
      return title;
    }

    private MetanetworkSpec spec(ExampleSets weights) {
      List<TargetArchitecture> architectures = architectures(weights);
      int tensors = largest(architectures, a -> a.tensors().size());
      return switch (this) {
        case STATNN -> new StatNn.Spec(tensors, STATISTICS_WIDTH);
        case FLAT_MLP ->
            new FlatMlp.Spec(
                largest(architectures, TargetArchitecture::parameterCount), FLAT_WIDTH);
        case DEEP_SETS -> new DeepSets.Spec(tensors, SET_WIDTH);
      };
    }
  }

  private final JavaSparkContext spark;
  private final Predictor predictor;
  private final float[] parameters;
  private final ExampleSets weights;

  private NetworkBaseline(
      JavaSparkContext spark, Predictor predictor, float[] parameters, ExampleSets weights) {
    this.spark = spark;
    this.predictor = predictor;
    this.parameters = parameters;
    this.weights = weights;
  }

  /**
   * Trains the baseline beside a model.
   *
   * @param weights flat weights of the model's members
   */
  public static NetworkBaseline fit(
      SparkSession session, TrainedModel model, ExampleSets weights, Kind kind) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    Predictor predictor = Predictor.ofShare(kind.spec(weights));
    BestOfRounds.Best best =
        new AveragedTraining(
                kind.title() + " beside " + model.model().name(),
                spark,
                predictor,
                Selection.KENDALL_TAU,
                weights,
                model.model().training(),
                model.config().seed())
            .run(round -> {});
    return new NetworkBaseline(spark, predictor, best.parameters(), weights);
  }

  private static List<TargetArchitecture> architectures(ExampleSets weights) {
    return Arrays.stream(Split.values())
        .flatMap(split -> weights.architectures(split).stream())
        .map(Architectures::parse)
        .toList();
  }

  private static int largest(
      List<TargetArchitecture> architectures, ToIntFunction<TargetArchitecture> size) {
    return architectures.stream().mapToInt(size).max().orElseThrow();
  }

  /** Its predictions for a split, in the order of the members' ids. */
  public List<Prediction> predict(Split split) {
    return Predictions.of(spark, predictor, parameters, weights.of(split));
  }

  /** Learned numbers. */
  public long parameters() {
    return parameters.length;
  }
}
