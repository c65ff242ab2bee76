package io.gradzoo.engine.network.transformer;

import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static io.gradzoo.engine.network.Vectors.toDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.network.Checkpoint;
import io.gradzoo.engine.network.Initializer;
import io.gradzoo.engine.network.Recipe;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.Shape;
import io.gradzoo.engine.network.TargetTraining;
import io.gradzoo.engine.network.TrainingRun;
import io.gradzoo.engine.network.transformer.TransformerLayer.LinearMap;
import io.gradzoo.engine.optimize.OptimizerKind;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrainableTransformerTest {
  private static final Shape IMAGE = new Shape(1, 4, 4);
  private static final TransformerArchitecture TRANSFORMER =
      TransformerArchitecture.parse("transformer:v5:t16:d8:h2:f8:l1:relu:full:mean2");
  private static final TransformerArchitecture TINY =
      TransformerArchitecture.parse("transformer:v4:t4:d4:h2:f3:l1:gelu:causal:mean3");

  @Test
  void learnsToTellWhichHalfIsBright() {
    Recipe recipe = recipe(OptimizerKind.ADAM, 0.01, 0, 16, 12);
    TrainingRun run = training(TRANSFORMER).train(recipe, lines(200, 1), lines(100, 2), 0, 12);
    assertThat(run.outcome()).isEqualTo(new TrainingRun.Outcome.Ok());
    assertThat(run.checkpoints().get(1).testAccuracy()).isGreaterThan(0.9);
    assertThat(run.checkpoints().get(1).testLoss())
        .isLessThan(run.checkpoints().get(0).testLoss() / 2);
  }

  @Test
  void repeatingARunInAUsedWorkspaceGivesTheSameBytes() {
    Recipe recipe = recipe(OptimizerKind.RMSPROP, 0.01, 1e-3, 7, 2);
    TargetTraining used = training(TRANSFORMER);
    used.train(recipe(OptimizerKind.SGD, 1e20, 0, 7, 1), lines(30, 3), lines(10, 4));
    TrainingRun again = used.train(recipe, lines(30, 3), lines(10, 4), 0, 1, 2);
    TrainingRun fresh = training(TRANSFORMER).train(recipe, lines(30, 3), lines(10, 4), 0, 1, 2);
    for (int i = 0; i < 3; i++) {
      assertThat(again.checkpoints().get(i))
          .usingRecursiveComparison()
          .isEqualTo(fresh.checkpoints().get(i));
    }
  }

  @Test
  void anEpochOfFullBatchDescentFollowsThePenalisedGradientOfTheMeanLoss() {
    Samples samples = noise(6, 5);
    double rate = 0.3;
    double l2 = 0.05;
    TrainingRun run =
        training(TINY).train(recipe(OptimizerKind.SGD, rate, l2, 10, 1), samples, samples, 0, 1);

    double[] before = toDouble(run.checkpoints().get(0).parameters());
    double[] expected = before.clone();
    ReferenceTransformer reference = new ReferenceTransformer(TINY);
    Sequences sequences = new ImageTokens(IMAGE, TINY).sequences(samples.inputs(), 6);
    double loss = 0;
    for (int n = 0; n < 6; n++) {
      int[] tokens = Transformers.tokens(sequences, n);
      int[] label = {samples.labels()[n]};
      loss += reference.loss(before, tokens, label) / 6;
      double[] gradient = reference.gradient(before, tokens, label);
      for (int i = 0; i < expected.length; i++) {
        expected[i] -= rate * gradient[i] / 6;
      }
    }
    for (TransformerLayer layer : TINY.layout().layers()) {
      if (layer instanceof LinearMap map) {
        for (int i = map.offset(); i < map.biasOffset(); i++) {
          expected[i] -= rate * 2 * l2 * before[i];
        }
      }
    }
    Checkpoint start = run.checkpoints().get(0);
    assertThat(start.testLoss()).isCloseTo(loss, within(1e-6));
    assertThat(relativeDistance(run.checkpoints().get(1).parameters(), expected)).isLessThan(1e-6);
  }

  @Test
  void freshTransformersHaveUnitGainsNoBiasesAndUnitNormalEmbeddings() {
    TransformerArchitecture large =
        TransformerArchitecture.parse("transformer:v64:t16:d32:h4:f48:l2:relu:full:mean10");
    TrainableTransformer transformers = new TrainableTransformer(large, new Shape(1, 8, 8));
    Recipe recipe = new Recipe(OptimizerKind.SGD, 1, 0, 0, 1, 1, 1, Initializer.NORMAL, 0.2, 9);
    float[] parameters = transformers.begin(recipe, new SplittableRandom(3));
    for (TransformerLayer layer : large.layout().layers()) {
      for (NamedTensor tensor : layer.tensors()) {
        double squares = 0;
        for (int i = 0; i < tensor.size(); i++) {
          float value = parameters[tensor.offset() + i];
          squares += (double) value * value / tensor.size();
        }
        if (tensor.name().endsWith(".gain")) {
          assertThat(squares).isEqualTo(1);
        } else if (tensor.name().endsWith(".bias") || tensor.name().endsWith(".offset")) {
          assertThat(squares).isZero();
        } else {
          double deviation = tensor.name().endsWith(".table") ? 1 : 0.2;
          assertThat(Math.sqrt(squares)).isCloseTo(deviation, within(0.15 * deviation));
        }
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    TransformerArchitecture byToken =
        TransformerArchitecture.parse("transformer:v5:t16:d8:h2:f8:l1:relu:full:token2");
    assertThatThrownBy(() -> training(byToken))
        .hasMessage("expected the readout mean2 of a classifier, found token2");
    Samples larger = new Samples(new Shape(1, 2, 2), 2, new float[4], new int[1]);
    assertThatThrownBy(
            () ->
                training(TRANSFORMER)
                    .train(recipe(OptimizerKind.SGD, 1, 0, 1, 1), larger, larger, 1))
        .hasMessageEndingWith("training samples: expected images of 1x4x4, found 1x2x2");
  }

  private static TargetTraining training(TransformerArchitecture architecture) {
    return new TargetTraining(new TrainableTransformer(architecture, IMAGE));
  }

  private static Recipe recipe(
      OptimizerKind optimizer, double rate, double l2, int batchSize, int epochs) {
    return new Recipe(
        optimizer, rate, l2, 0, 1, batchSize, epochs, Initializer.GLOROT_NORMAL, 0, 4);
  }

  /** One bright line, in the upper half in class 0 and in the lower in class 1. */
  private static Samples lines(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] pixels = new float[count * 16];
    int[] labels = new int[count];
    for (int n = 0; n < count; n++) {
      int line = random.nextInt(4);
      labels[n] = line / 2;
      for (int i = 0; i < 16; i++) {
        pixels[16 * n + i] = i / 4 == line ? 0.9f : (float) random.nextDouble(-1, 0);
      }
    }
    return new Samples(IMAGE, 2, pixels, labels);
  }

  private static Samples noise(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] pixels = new float[count * 16];
    int[] labels = new int[count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextDouble(-1, 1);
    }
    for (int n = 0; n < count; n++) {
      labels[n] = random.nextInt(3);
    }
    return new Samples(IMAGE, 3, pixels, labels);
  }
}
