package io.gradzoo.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.LayerMetanetwork;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.metanet.Recording;
import io.gradzoo.engine.metanet.baseline.GradientDeepSetsSpec;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.tensor.ParameterLayout;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectiveTest {
  private static final LayeredArchitecture SIREN =
      LayeredArchitecture.parse("sine1:1:dense3:dense2:dense1");
  private static final TargetStatistics STATISTICS = new TargetStatistics(0.4f, 2.5f);
  private static final Example EXAMPLE =
      new Example(
          "m",
          SIREN,
          ExampleParts.ofWeights(new float[] {9, -0.1f, 0.7f}),
          new double[] {0.3, 2.9});

  static List<ElementwiseObjective> objectives() {
    return List.of(
        new ElementwiseObjective.Share(),
        new ElementwiseObjective.Standardized(STATISTICS),
        new ElementwiseObjective.Unscaled(STATISTICS),
        new ElementwiseObjective.CrossEntropy());
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void slopesAreDerivativesOfTheLoss(ElementwiseObjective objective) {
    float step = 1f / 512;
    for (float y : new float[] {-1.5f, 0.25f, 2f}) {
      double rise = objective.loss(y + step, EXAMPLE, 1) - objective.loss(y - step, EXAMPLE, 1);
      assertThat(objective.slope(y, EXAMPLE, 1)).isCloseTo(rise / (2 * step), within(2e-4));
    }
  }

  @Test
  void aStandardizedLossIsTheSquaredErrorOfThePredictionInDeviations() {
    for (ElementwiseObjective objective : objectives().subList(1, 3)) {
      double error = (objective.prediction(0.8f, EXAMPLE, 1) - 2.9) / 2.5;
      assertThat(objective.loss(0.8f, EXAMPLE, 1)).isCloseTo(error * error, within(1e-6));
    }
  }

  @Test
  void anUnscaledNumberIsThePredictionAndExamplesCountByTheirRelativeError() {
    ElementwiseObjective unscaled = new ElementwiseObjective.Unscaled(STATISTICS);
    assertThat(unscaled.prediction(0.7f, EXAMPLE, 0)).isEqualTo(0.7f);
    Example larger =
        new Example("l", SIREN, ExampleParts.ofWeights(new float[0]), new double[] {3, 29});
    double small = unscaled.weight(EXAMPLE) * unscaled.loss(1.5f, EXAMPLE, 1);
    double large = unscaled.weight(larger) * unscaled.loss(15f, larger, 1);
    assertThat(large).isCloseTo(small, within(1e-6 * small));
    assertThat(small).isCloseTo(1.4 * 1.4 / ((0.3 * 0.3 + 2.9 * 2.9) / 2), within(1e-6));
  }

  @Test
  void outputsOfTheProductHeadAreReadInTheFlatLayout() {
    Workspace workspace =
        new Workspace(
            new Repeater(), new ElementwiseObjective.Standardized(new TargetStatistics(0, 1)));
    float[] flat = new float[SIREN.parameterCount()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = i + 1;
    }
    Example one = new Example("a", SIREN, ExampleParts.ofWeights(flat), new double[flat.length]);
    float[] doubled = flat.clone();
    for (int i = 0; i < flat.length; i++) {
      doubled[i] *= 2;
    }
    Example two = new Example("b", SIREN, ExampleParts.ofWeights(doubled), new double[flat.length]);
    float[][] predictions = workspace.predictAll(List.of(one, two));
    assertThat(predictions[0]).isEqualTo(flat);
    assertThat(predictions[1]).isEqualTo(doubled);
  }

  @Test
  void outputsOfOtherShapesLieOneBehindTheOther() {
    OutputDecoder all =
        (outputs, example) -> {
          float[] numbers = new float[outputs.numbers()];
          for (int o = 0; o < outputs.count(); o++) {
            System.arraycopy(
                outputs.values(o), outputs.start(o), numbers, outputs.offset(o), outputs.size(o));
          }
          return numbers;
        };
    Workspace workspace = new Workspace(new Splitter(), new ElementwiseObjective.Share(), all);

    float[][] predictions =
        workspace.predictAll(
            List.of(
                new Example(
                    "a", SIREN, ExampleParts.ofWeights(new float[] {1, 2, 3, 4, 5, 6, 7}), 0),
                new Example(
                    "b", SIREN, ExampleParts.ofWeights(new float[] {8, 9, 1, 2, 3, 4, 5}), 0)));

    assertThat(predictions[0]).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(predictions[1]).containsExactly(8, 9, 1, 2, 3, 4, 5);
  }

  @Test
  void descendingLowersTheLossOfOneNumberForEveryParameter() {
    List<Example> examples = examples();
    Metanetwork metanetwork = new GradientDeepSetsSpec(SIREN, 4, 8).build();
    TargetStatistics.TargetAccumulator sums = new TargetStatistics.TargetAccumulator();
    examples.forEach(sums::add);
    Workspace workspace =
        new Workspace(metanetwork, new ElementwiseObjective.Standardized(sums.statistics()));
    TrainingSettings settings = Settings.of(4, OptimizerKind.ADAMW, 0.01, 0, 0);
    TrainingState start = TrainingState.initial(metanetwork.layout().initialize(1), settings);
    ShardTrainer trainer = new ShardTrainer(settings, 3, 0, examples);
    ShardTrainer.ShardRound first = trainer.run(workspace, start, 2);
    ShardTrainer.ShardRound last =
        trainer.run(workspace, trainer.run(workspace, start, 198).state(), 2);
    assertThat(first.loss() / first.examples()).isGreaterThan(0.5);
    assertThat(last.loss()).isLessThan(0.2 * first.loss());
  }

  @Test
  void aCountOfTargetsThatIsNotThatOfTheOutputsIsRefused() {
    Workspace workspace =
        new Workspace(
            new Repeater(), new ElementwiseObjective.Standardized(new TargetStatistics(0, 1)));
    Example tooFew =
        new Example(
            "m7", SIREN, ExampleParts.ofWeights(new float[SIREN.parameterCount()]), new double[3]);
    assertThatThrownBy(() -> workspace.predictAll(List.of(tooFew)))
        .hasMessage("example m7: expected 17 targets, one for each output, found 3");
  }

  @Test
  void theLossOfABatchIsTheSumOfItsExamplesWeightedMeans() {
    ElementwiseObjective unscaled = new ElementwiseObjective.Unscaled(new TargetStatistics(0, 2));
    Workspace workspace = new Workspace(new Repeater(), unscaled);
    float[] flat = new float[SIREN.parameterCount()];
    Arrays.fill(flat, 3);
    double[] ones = new double[flat.length];
    Arrays.fill(ones, 1);
    double[] threes = new double[flat.length];
    Arrays.fill(threes, 3);
    List<Example> examples =
        List.of(
            new Example("a", SIREN, ExampleParts.ofWeights(flat), ones),
            new Example("b", SIREN, ExampleParts.ofWeights(flat), threes),
            new Example("c", SIREN, ExampleParts.ofWeights(flat), new double[flat.length]));

    // Errors of one and of one and a half deviations; a weight of 2² / 1², and of 1 for no targets.
    assertThat(workspace.accumulate(examples, new int[] {1, 0, 2}, 0, 2, 2, 0)).isEqualTo(4);
    assertThat(workspace.accumulate(examples, new int[] {1, 0, 2}, 1, 2, 2, 0)).isEqualTo(4 + 2.25);
    Example tooFew = new Example("m7", SIREN, ExampleParts.ofWeights(flat), new double[3]);
    assertThatThrownBy(() -> workspace.accumulate(List.of(tooFew), new int[1], 0, 1, 1, 0))
        .hasMessage("example m7: expected 17 targets, one for each output, found 3");
  }

  @Test
  void theSquaredErrorIsAMeanInSquaredDeviations() {
    TargetStatistics statistics = new TargetStatistics(7, 2);
    double error = statistics.squaredError(new float[] {1, 5, 3}, new double[] {3, 1, 3});
    assertThat(error).isCloseTo((1 + 4 + 0) / 3.0, within(1e-12));
  }

  @Test
  void statisticsAreThoseOfAllTargetsTogether() {
    TargetStatistics.TargetAccumulator left = new TargetStatistics.TargetAccumulator();
    left.add(new Example("a", SIREN, ExampleParts.ofWeights(new float[0]), new double[] {1, 2}));
    TargetStatistics.TargetAccumulator right = new TargetStatistics.TargetAccumulator();
    right.add(new Example("b", SIREN, ExampleParts.ofWeights(new float[0]), new double[] {6, 7}));
    left.add(right);
    TargetStatistics statistics = left.statistics();
    assertThat(statistics.mean()).isEqualTo(4f);
    assertThat(statistics.deviation()).isCloseTo((float) Math.sqrt(6.5), within(1e-6f));
  }

  private static List<Example> examples() {
    SplittableRandom random = new SplittableRandom(5);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      float[] features = new float[4 * 7 * 2];
      double[] targets = new double[SIREN.parameterCount()];
      for (int k = 0; k < features.length; k++) {
        features[k] = (float) random.nextGaussian();
      }
      for (int k = 0; k < targets.length; k++) {
        targets[k] = (float) (10 + 5 * random.nextGaussian());
      }
      examples.add(new Example("m" + i, SIREN, ExampleParts.ofFeatures(features), targets));
    }
    return examples;
  }

  /** Gives back the positive parameters it reads, in the order of a product head. */
  private static final class Repeater implements LayerMetanetwork {
    @Override
    public ParameterLayout layout() {
      return new ParameterLayout();
    }

    @Override
    public int groupSize(LayeredArchitecture architecture) {
      return 2;
    }

    @Override
    public Recording record(Tape tape, LayeredArchitecture architecture) {
      List<Tensor> inputs = new ArrayList<>();
      List<Integer> offsets = new ArrayList<>();
      for (AffineLayer layer : architecture.affineLayers()) {
        inputs.add(tape.differentiableInput(layer.weightCount(), 1));
        offsets.add(layer.weightOffset());
      }
      for (AffineLayer layer : architecture.affineLayers()) {
        inputs.add(tape.differentiableInput(layer.out(), 1));
        offsets.add(layer.biasOffset());
      }
      Program.ExampleWriter writer =
          (slot, example) -> {
            for (int i = 0; i < inputs.size(); i++) {
              int rows = inputs.get(i).rows();
              System.arraycopy(
                  example.weights(), offsets.get(i), inputs.get(i).values(), slot * rows, rows);
            }
          };
      return new Recording(writer, inputs.stream().map(tape::relu).toList());
    }
  }

  /** Gives back seven positive numbers as outputs of two rows of two and of one row of three. */
  private static final class Splitter implements LayerMetanetwork {
    @Override
    public ParameterLayout layout() {
      return new ParameterLayout();
    }

    @Override
    public int groupSize(LayeredArchitecture architecture) {
      return 2;
    }

    @Override
    public Recording record(Tape tape, LayeredArchitecture architecture) {
      Tensor square = tape.differentiableInput(2, 2);
      Tensor row = tape.differentiableInput(1, 3);
      return new Recording(
          (slot, example) -> {
            System.arraycopy(example.weights(), 0, square.values(), slot * 4, 4);
            System.arraycopy(example.weights(), 4, row.values(), slot * 3, 3);
          },
          List.of(tape.relu(square), tape.relu(row)));
    }
  }
}
