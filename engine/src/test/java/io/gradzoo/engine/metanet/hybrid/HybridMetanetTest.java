package io.gradzoo.engine.metanet.hybrid;

import static io.gradzoo.engine.metanet.hybrid.HybridExample.SET;
import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig.ThetaInput;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetHead;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetPlusPlusConfig;
import io.gradzoo.engine.metanet.gradmetanet.GradientNetworkConfig;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.engine.metanet.scalegmn.GraphLayout;
import io.gradzoo.engine.metanet.scalegmn.RescalingGroup;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead;
import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.symmetry.NeuronPermutation;
import io.gradzoo.engine.symmetry.PositiveScaling;
import io.gradzoo.engine.symmetry.SignFlip;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HybridMetanetTest {
  private static final String LAYERS = ":3:dense5:dense4:dense2";
  private static final LayeredArchitecture ARCHITECTURE =
      LayeredArchitecture.parse("tanh" + LAYERS);
  private static final LayeredArchitecture RELU = LayeredArchitecture.parse("relu" + LAYERS);

  /**
   * Fresh GradMetaNets tell sets and neurons apart only faintly: this is what their parameters are
   * multiplied by.
   */
  private static final float LOUD = 2.5f;

  /** Likewise where they act through a factor. */
  private static final float LOUDER = 8;

  private static final ScaleGmnHead VECTOR =
      new ScaleGmnHead.Invariant(ScaleGmnConfig.ReadoutNodes.FULL_GRAPH, 3);
  private static final ScaleGmnHead DELTAS = new ScaleGmnHead.ParameterDeltas(0.5f);

  static Stream<GradientNetworkConfig> gradientNetworks() {
    GradMetaNetHead head = new GradMetaNetHead.Product(8, ThetaInput.PARAMETERS);
    return Stream.of(
        new GradMetaNetConfig(SET, 8, 10, 2, 1, Reduction.MEAN, head),
        new GradMetaNetConfig(
            SET, 8, 10, 2, 1, Reduction.MEAN, new GradMetaNetHead.Product(8, ThetaInput.NONE)),
        new GradMetaNetPlusPlusConfig(SET, 8, 6, 2, 2, Reduction.MEAN, head));
  }

  @ParameterizedTest
  @MethodSource("gradientNetworks")
  void resultsRespectPermutationsAndIgnoreSetOrder(GradientNetworkConfig gradients) {
    HybridRun vector = plain(gradients, VECTOR, LOUD);
    HybridRun deltas = plain(gradients, DELTAS, LOUD);
    for (int seed = 0; seed < 5; seed++) {
      NeuronPermutation permutation = NeuronPermutation.random(ARCHITECTURE, seed);
      HybridExample example = HybridExample.random(ARCHITECTURE, seed);
      HybridExample moved = example.with(permutation.apply(ARCHITECTURE, example.parameters()));

      float[] output = vector.outputs(example.pairs());
      assertThat(relativeDistance(vector.outputs(moved.pairs()), output)).isLessThan(1e-5);
      assertThat(relativeDistance(vector.outputs(example.pairsBackwards()), output))
          .isLessThan(1e-5);

      float[] change = deltas.change(example.pairs());
      float[] ofMoved = deltas.change(moved.pairs());
      assertThat(relativeDistance(ofMoved, permutation.apply(ARCHITECTURE, change)))
          .isLessThan(1e-5);
      assertThat(relativeDistance(ofMoved, change))
          .as("the permutation does something")
          .isGreaterThan(1e-3);
    }
  }

  @ParameterizedTest
  @MethodSource("gradientNetworks")
  void bothPartsGetTheGradientThatDifferencesShow(GradientNetworkConfig gradients) {
    HybridRun run = plain(gradients, VECTOR, 1f);
    ExampleParts example = HybridExample.random(ARCHITECTURE, 1).pairs();
    run.assertGradient(example, HybridRun.OF_GRAPH);
    run.assertGradient(example, HybridRun.OF_GRAPH.negate());
  }

  @ParameterizedTest
  @CsvSource({"SCALE, relu, false", "SIGN, tanh, true", "SIGN, sine3, false", "HETERO, relu, true"})
  void resultsRespectRescalingsWhereFeaturesAreInvariant(
      RescalingGroup symmetry, String activation, boolean attention) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(activation + LAYERS);
    GradientNetworkConfig gradients = rescalable(attention);
    HybridRun vector = new HybridRun(gradients, graph(symmetry, VECTOR), architecture, LOUDER);
    HybridRun deltas = new HybridRun(gradients, graph(symmetry, DELTAS), architecture, LOUDER);
    HybridExample example = HybridExample.random(architecture, 11);
    float[] theta = example.parameters();
    float[] before = vector.outputs(example.invariants());
    float[] change = deltas.change(example.invariants());
    for (int seed = 0; seed < 50; seed++) {
      UnaryOperator<float[]> element = element(architecture, seed);
      HybridExample moved = example.with(element.apply(theta));

      assertThat(relativeDistance(moved.parameters(), theta))
          .as("the element does something")
          .isGreaterThan(0.1);
      assertThat(relativeDistance(vector.outputs(moved.invariants()), before)).isLessThan(1e-4);
      assertThat(relativeDistance(deltas.change(moved.invariants()), element.apply(change)))
          .isLessThan(1e-4);
    }
  }

  @Test
  void gradientsMatterThroughInvariantFeaturesToo() {
    HybridRun run = scaled();
    HybridExample example = HybridExample.random(RELU, 11);

    float[] one = run.outputs(example.onOtherInputs(1).invariants());
    float[] other = run.outputs(example.onOtherInputs(2).invariants());

    assertThat(relativeDistance(other, one)).isGreaterThan(1e-3);
  }

  @Test
  void pairsInPlaceOfInvariantFeaturesBreakTheSymmetry() {
    HybridRun run = scaled();
    HybridExample example = HybridExample.random(RELU, 11);
    float[] before = run.outputs(example.pairsTwice());
    for (int seed = 0; seed < 5; seed++) {
      HybridExample moved = example.with(element(RELU, seed).apply(example.parameters()));

      assertThat(relativeDistance(run.outputs(moved.pairsTwice()), before)).isGreaterThan(1e-3);
    }
  }

  @Test
  void otherGradientsOfTheSameNetworkGiveAnotherResult() {
    HybridRun run = plain(gradientNetworks().findFirst().orElseThrow(), VECTOR, LOUD);
    HybridExample example = HybridExample.random(ARCHITECTURE, 1);
    float[] one = run.outputs(example.pairs());
    float[] other = run.outputs(example.onOtherInputs(2).pairs());
    assertThat(relativeDistance(other, one)).isGreaterThan(1e-3);
  }

  @Test
  void whatCannotBeCombinedIsRefused() {
    GradientNetworkConfig gradients = gradientNetworks().findFirst().orElseThrow();
    GraphLayout layout = GraphLayout.of(ARCHITECTURE);
    assertThatThrownBy(
            () -> new HybridMetanet(gradients, graph(RescalingGroup.SIGN, VECTOR), layout))
        .hasMessageContaining("that reads no parameters with the symmetry SIGN");
    GradientNetworkConfig invariant =
        new GradMetaNetConfig(
            SET, 8, 10, 2, 1, Reduction.MEAN, new GradMetaNetHead.InvariantVector(3));
    assertThatThrownBy(
            () -> new HybridMetanet(invariant, graph(RescalingGroup.PERMUTATION, VECTOR), layout))
        .hasMessageContaining("expected a gradient network with a product head");
    HybridRun run = plain(gradients, VECTOR, 1f);
    assertThatThrownBy(() -> run.outputs(ExampleParts.ofFeatures(new float[3])))
        .hasMessageContaining("numbers, found 3");
  }

  private static HybridRun plain(
      GradientNetworkConfig gradients, ScaleGmnHead head, float loudness) {
    return new HybridRun(
        gradients, graph(RescalingGroup.PERMUTATION, head), ARCHITECTURE, loudness);
  }

  private static HybridRun scaled() {
    return new HybridRun(rescalable(false), graph(RescalingGroup.SCALE, VECTOR), RELU, LOUDER);
  }

  private static GradientNetworkConfig rescalable(boolean attention) {
    GradMetaNetHead head = new GradMetaNetHead.Product(8, ThetaInput.NONE);
    return attention
        ? new GradMetaNetPlusPlusConfig(SET, 8, 6, 2, 2, Reduction.MEAN, head)
        : new GradMetaNetConfig(SET, 8, 10, 2, 1, Reduction.MEAN, head);
  }

  /** A permutation of hidden neurons after a rescaling of them. */
  private static UnaryOperator<float[]> element(LayeredArchitecture architecture, int seed) {
    NeuronPermutation permutation = NeuronPermutation.random(architecture, seed);
    io.gradzoo.engine.symmetry.Symmetry rescaling =
        architecture.activation() == Activation.RELU
            ? PositiveScaling.random(architecture, seed)
            : SignFlip.random(architecture, seed);
    return parameters -> permutation.apply(architecture, rescaling.apply(architecture, parameters));
  }

  private static ScaleGmnConfig graph(RescalingGroup symmetry, ScaleGmnHead head) {
    return new ScaleGmnConfig(
        symmetry,
        ScaleGmnConfig.Direction.BIDIRECTIONAL,
        8,
        2,
        head,
        ScaleGmnConfig.Canonicalization.SYMMETRIZED,
        ScaleGmnConfig.Phases.AS_GIVEN,
        ScaleGmnConfig.BoundaryUpdate.PERCEPTRON,
        2,
        2,
        ScaleGmnConfig.Positions.DEFAULT,
        false,
        true,
        0f,
        0f,
        ScaleGmnConfig.Compatibility.EXACT);
  }
}
