package io.gradzoo.jobs.baseline;

import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.EkfacDiagonal;
import io.gradzoo.engine.gradient.KfacDiagonal;
import io.gradzoo.engine.metanet.curvature.SquaredGradients;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.training.Example;
import io.gradzoo.jobs.prediction.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Estimators of a Fisher diagonal that learn nothing. */
public enum Estimator {
  /** The mean of the given squared gradients. */
  STANDARD("standard estimator"),
  KFAC("K-FAC"),
  EKFAC("EK-FAC");

  private final String title;

  Estimator(String title) {
    this.title = title;
  }

  /** Its name in tables. */
  public String title() {
    return title;
  }

  /** The estimate from an example's features [samples, N, 2], not standardised. */
  public float[] estimate(Example example) {
    LayeredArchitecture architecture = LayeredArchitecture.from(example.architecture());
    return switch (this) {
      case STANDARD -> SquaredGradients.mean(architecture, example.input().features());
      case KFAC -> KfacDiagonal.of(architecture, factors(architecture, example.input().features()));
      case EKFAC ->
          EkfacDiagonal.of(architecture, factors(architecture, example.input().features()));
    };
  }

  /**
   * What all of them come to.
   *
   * @param examples with neuron features that are not standardised
   * @param predicted what is made of a diagonal
   */
  public static List<BaselineResult> all(List<Example> examples, UnaryOperator<float[]> predicted) {
    List<BaselineResult> results = new ArrayList<>();
    for (Estimator estimator : values()) {
      List<Prediction> predictions =
          examples.stream()
              .map(
                  e ->
                      Prediction.of(
                          e.id(),
                          e.architecture().id(),
                          e.targets(),
                          predicted.apply(estimator.estimate(e))))
              .toList();
      results.add(new BaselineResult(estimator.title, predictions, 1, 0, 0));
    }
    return results;
  }

  private static List<DenseFactors> factors(LayeredArchitecture architecture, float[] features) {
    int neurons = architecture.input().size();
    for (AffineLayer layer : architecture.affineLayers()) {
      neurons += layer.out();
    }
    List<DenseFactors> factors = new ArrayList<>();
    int lower = 0;
    for (AffineLayer layer : architecture.affineLayers()) {
      int upper = lower + layer.in();
      float[] a = channel(features, neurons, lower, layer.in(), 0);
      factors.add(new DenseFactors(layer, a, channel(features, neurons, upper, layer.out(), 1)));
      lower = upper;
    }
    return factors;
  }

  /** One channel of the neurons from {@code first} on, [samples, count]. */
  private static float[] channel(float[] features, int neurons, int first, int count, int channel) {
    int samples = features.length / (2 * neurons);
    float[] values = new float[samples * count];
    for (int n = 0; n < samples; n++) {
      for (int i = 0; i < count; i++) {
        values[n * count + i] = features[(n * neurons + first + i) * 2 + channel];
      }
    }
    return values;
  }
}
