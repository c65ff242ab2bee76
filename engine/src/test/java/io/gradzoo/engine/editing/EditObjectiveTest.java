package io.gradzoo.engine.editing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.metanet.scalegmn.RescalingGroup;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.ReadoutNodes;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead;
import io.gradzoo.engine.network.Initializer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Recipe;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.TargetTraining;
import io.gradzoo.engine.network.TrainableLayers;
import io.gradzoo.engine.network.TrainingRun;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.Workspace;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EditObjectiveTest {
  private static final LayeredArchitecture MLP =
      LayeredArchitecture.parse("tanh:6:dense5:dense4:dense3");
  private static final ImageSupply IMAGES = Operators.images(MLP);
  private static final double L1 = 0.01;

  @Test
  void anEditedNetworkIsJudgedByImagesThatAreNotDrawn() {
    ScaleGmn operator = Operators.symmetric(MLP);
    EditObjective objective = new EditObjective(IMAGES, 8, L1);
    Example example = Operators.network(MLP, 3);
    Workspace judge = loaded(operator, new Workspace(operator, objective, objective));
    Workspace editor = loaded(operator, new Workspace(operator, objective, new EditedParameters()));
    float[] edited = editor.predictAll(List.of(example))[0];
    NetworkMeasures expected = new EditedNetwork(MLP, L1).measure(edited, IMAGES.judging());

    Workspace.EvaluatedExample result = judge.evaluate(List.of(example)).get(0);

    assertThat(result.predicted()).containsExactly((float) expected.loss());
    assertThat(result.loss()).isEqualTo(expected.objective());
    double norm = 0;
    for (float weight : edited) {
      norm += Math.abs(weight);
    }
    assertThat(expected.objective()).isCloseTo(expected.loss() + L1 * norm, within(1e-9));
  }

  @Test
  void aNetworkOfOtherImagesIsRefused() {
    LayeredArchitecture wider = LayeredArchitecture.parse("tanh:7:dense5:dense4:dense3");
    EditObjective objective = new EditObjective(IMAGES, 8, 0);

    assertThatThrownBy(() -> objective.loss(wider))
        .hasMessageContaining("images: expected inputs of 7")
        .hasMessageContaining("found 6");
  }

  @Test
  void aMetanetworkWhoseOutputsStandForNoParametersIsRefused() {
    EditObjective objective = new EditObjective(IMAGES, 8, 0);
    ScaleGmn predictor =
        Operators.of(
            MLP, RescalingGroup.SIGN, new ScaleGmnHead.Invariant(ReadoutNodes.LAST_LAYER, 1));
    Workspace workspace = new Workspace(predictor, objective, new EditedParameters());

    assertThatThrownBy(() -> workspace.predictAll(List.of(Operators.network(MLP, 3))))
        .hasMessageContaining("expected outputs that stand for parameters of a network");
  }

  @Test
  void smallWeightsAreCounted() {
    float[] network = new float[MLP.parameterCount()];
    Arrays.fill(network, 1f);
    network[0] = 0.009f;
    network[3] = -0.002f;
    network[5] = 0;

    NetworkMeasures measures = new EditedNetwork(MLP, 0).measure(network, IMAGES.judging());

    assertThat(measures.small()).isEqualTo(3.0 / network.length);
    assertThat(measures.norm()).isCloseTo(network.length - 3 + 0.011, within(1e-6));
    assertThat(measures.objective()).isEqualTo(measures.loss());
  }

  @Test
  void continuedTrainingStartsFromTheNetworkAndShrinksItsNorm() {
    float[] start = Operators.network(MLP, 3).input().weights();
    TrainingRun plain = descend(start, 0);
    TrainingRun shrinking = descend(start, 0.05);
    EditedNetwork network = new EditedNetwork(MLP, 0.05);
    Samples images = IMAGES.training();

    assertThat(plain.checkpoints().get(0).parameters()).isEqualTo(start);
    assertThat(plain.checkpoints().get(1).trainLoss())
        .isLessThan(0.9 * plain.checkpoints().get(0).trainLoss());
    NetworkMeasures before = network.measure(start, images);
    NetworkMeasures after = network.measure(shrinking.checkpoints().get(1).parameters(), images);
    assertThat(after.objective()).isLessThan(0.7 * before.objective());
    assertThat(after.norm()).isLessThan(0.5 * before.norm());
  }

  private static TrainingRun descend(float[] start, double l1) {
    Recipe recipe =
        new Recipe(OptimizerKind.SGD, 0.05, 0, 0, 1, 10, 40, Initializer.GLOROT_NORMAL, 0, 1);
    return new TargetTraining(new ContinuedTraining(new TrainableLayers(MLP), start, l1))
        .train(recipe, IMAGES.training(), IMAGES.judging(), 0, 40);
  }

  private static Workspace loaded(ScaleGmn operator, Workspace workspace) {
    workspace.load(Operators.generic(operator));
    return workspace;
  }
}
