package io.gradzoo.jobs.task.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.baseline.FlatMlp;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The loss of classes, through a small network whose three outputs it reads. */
class SoftmaxLossTest {
  private static final Architecture NETWORK = LayeredArchitecture.parse("relu:2:dense2:dense1");
  private static final FlatMlp METANETWORK = new FlatMlp(NETWORK.parameterCount(), 4, 3);
  private static final SoftmaxLoss LOSS = new SoftmaxLoss(3);

  private final Workspace workspace = new Workspace(METANETWORK, LOSS, LOSS);
  private final List<Example> examples = examples();

  @Test
  void theLossIsMinusTheLogarithmOfTheClassesProbabilityAndProbabilitiesAddToOne() {
    workspace.load(METANETWORK.layout().initialize(1));

    List<Workspace.EvaluatedExample> results = workspace.evaluate(examples);

    for (int i = 0; i < results.size(); i++) {
      float[] logarithms = results.get(i).predicted();
      double sum = 0;
      for (float each : logarithms) {
        sum += Math.exp(each);
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
      assertThat(results.get(i).loss())
          .isCloseTo(-logarithms[(int) examples.get(i).target()], within(1e-6))
          .isPositive();
    }
  }

  @Test
  void itsGradientIsThatOfDifferences() {
    float[] parameters = METANETWORK.layout().initialize(2);
    SplittableRandom random = new SplittableRandom(3);
    double[] direction = random.doubles(parameters.length, -1, 1).toArray();

    workspace.load(parameters);
    Workspace.SummedLoss sum = workspace.differentiate(examples, 0);
    double slope = 0;
    for (int i = 0; i < direction.length; i++) {
      slope += direction[i] * sum.gradient()[i];
    }

    assertThat(slope)
        .isCloseTo(
            (loss(parameters, direction, 1e-3) - loss(parameters, direction, -1e-3)) / 2e-3,
            within(1e-3 * Math.abs(slope)));
  }

  @Test
  void outputsOfAnySizeHaveALoss() {
    float[] huge = METANETWORK.layout().initialize(2);
    for (int i = 0; i < huge.length; i++) {
      huge[i] *= 1e9f;
    }
    workspace.load(huge);

    for (Workspace.EvaluatedExample result : workspace.evaluate(examples)) {
      assertThat(result.loss()).isFinite().isNotNegative();
      assertThat(result.predicted()).doesNotContain(Float.NaN, Float.NEGATIVE_INFINITY);
    }
  }

  private double loss(float[] parameters, double[] direction, double step) {
    float[] moved = parameters.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) (step * direction[i]);
    }
    workspace.load(moved);
    return workspace.evaluate(examples).stream()
        .mapToDouble(Workspace.EvaluatedExample::loss)
        .sum();
  }

  private static List<Example> examples() {
    SplittableRandom random = new SplittableRandom(5);
    List<Example> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      float[] weights = new float[NETWORK.parameterCount()];
      for (int k = 0; k < weights.length; k++) {
        weights[k] = (float) random.nextGaussian();
      }
      all.add(new Example("m" + i, NETWORK, ExampleParts.ofWeights(weights), i % 3));
    }
    return all;
  }
}
