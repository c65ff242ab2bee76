package io.gradzoo.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.optimize.OptimizerKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class PointFittingTest {
  private static final LayeredArchitecture SIREN =
      LayeredArchitecture.parse("sine3:2:dense8:dense8:dense2");

  /** More than the network takes at once. */
  private static final int POINTS = 600;

  private final float[] points = new float[2 * POINTS];
  private final float[] values = new float[2 * POINTS];

  PointFittingTest() {
    for (int i = 0; i < POINTS; i++) {
      int row = i / 25;
      points[2 * i] = -1 + (i % 25) / 12f;
      points[2 * i + 1] = -1 + row / 11.5f;
      values[2 * i] = 0.4f * (float) Math.sin(2 * points[2 * i] + points[2 * i + 1]);
      values[2 * i + 1] = points[2 * i] * points[2 * i + 1] / 2;
    }
  }

  @Test
  void aStepGoesDownTheGradientOfTheMeanSquaredError() {
    double rate = 1e-3;
    TrainingRun run = fit(OptimizerKind.SGD, rate, 1, 0, 1);
    float[] before = run.checkpoints().get(0).parameters();
    float[] after = run.checkpoints().get(1).parameters();

    assertThat(run.checkpoints().get(0).trainLoss()).isCloseTo(error(before), within(1e-6));
    for (int i : new int[] {0, 9, 20, 40, SIREN.parameterCount() - 1}) {
      float[] moved = before.clone();
      float step = 1e-3f;
      moved[i] = before[i] + step;
      double above = error(moved);
      moved[i] = before[i] - step;
      double slope = (above - error(moved)) / (2 * step);
      assertThat((before[i] - after[i]) / rate).as("parameter " + i).isCloseTo(slope, within(2e-3));
    }
  }

  @Test
  void manyStepsFit() {
    TrainingRun run = fit(OptimizerKind.ADAM, 5e-3, 400, 0, 400);

    assertThat(run.outcome()).isEqualTo(new TrainingRun.Outcome.Ok());
    List<Checkpoint> reached = run.checkpoints();
    assertThat(reached.get(1).trainLoss()).isLessThan(reached.get(0).trainLoss() / 100);
    assertThat(reached.get(1).trainLoss())
        .isCloseTo(error(reached.get(1).parameters()), within(1e-6));
  }

  @Test
  void theSameFitGivesTheSameBytes() {
    assertThat(fit(OptimizerKind.ADAM, 5e-3, 20, 20).checkpoints().get(0).parameters())
        .isEqualTo(fit(OptimizerKind.ADAM, 5e-3, 20, 20).checkpoints().get(0).parameters());
  }

  @Test
  void aFitThatOverflowsHasDiverged() {
    TrainingRun run = fit(OptimizerKind.SGD, 1e30, 5, 0, 5);

    assertThat(run.checkpoints()).hasSize(1);
    assertThat(run.outcome().toString()).contains("the squared error is not finite");
  }

  @Test
  void valuesThatDoNotBelongToThePointsAreRefused() {
    assertThatThrownBy(
            () ->
                new PointFitting(SIREN).fit(recipe(OptimizerKind.SGD, 1, 1), points, new float[3]))
        .hasMessageContaining("expected points of 2 numbers with 2 values each");
    assertThatThrownBy(
            () -> new PointFitting(LayeredArchitecture.parse("relu:1x4x4:conv2k3s1p0:dense1")))
        .hasMessageContaining("dense layers only");
  }

  @Test
  void sirensBeginInTheirBounds() {
    LayeredArchitecture architecture = LayeredArchitecture.parse("sine30:2:dense32:dense32:dense1");
    float[] parameters = Initializer.SIREN.parameters(architecture, 0, 3);

    double[] bounds = {1 / 2.0, Math.sqrt(6 / 32.0) / 30, Math.sqrt(6 / 32.0) / 30};
    for (AffineLayer layer : architecture.affineLayers()) {
      double largest = 0;
      for (int i = layer.weightOffset(); i < layer.biasOffset(); i++) {
        largest = Math.max(largest, Math.abs(parameters[i]));
      }
      assertThat(largest).isBetween(0.8 * bounds[layer.index()], bounds[layer.index()]);
    }
  }

  private TrainingRun fit(OptimizerKind optimizer, double rate, int steps, int... checkpoints) {
    return new PointFitting(SIREN).fit(recipe(optimizer, rate, steps), points, values, checkpoints);
  }

  private static Recipe recipe(OptimizerKind optimizer, double rate, int steps) {
    return new Recipe(optimizer, rate, 0, 0, 1, 1, steps, Initializer.SIREN, 0, 7);
  }

  /** Of double sums. */
  private double error(float[] parameters) {
    float[] found = new BatchedNetwork(SIREN, POINTS).forward(parameters, 0, points, 0, POINTS);
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      double difference = (double) found[i] - values[i];
      sum += difference * difference;
    }
    return sum / values.length;
  }
}
