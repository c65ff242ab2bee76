package io.gradzoo.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.editing.EditObjective;
import io.gradzoo.engine.editing.Operators;
import io.gradzoo.engine.metanet.scalegmn.RescalingGroup;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead.WeightGauge;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead.WeightTerms;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.Parameter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradient of an edited network's loss by the metanetwork's parameters, against differences of
 * the loss: through the metanetwork, the change of the weights and the target network.
 */
class EditGradientTest {
  private static final long DRAW = 11;

  /** Larger than float32's rounding of losses, smaller than what bends. */
  private static final double STEP = 1e-3;

  static Stream<Arguments> operators() {
    return Operators.ARCHITECTURES.stream()
        .flatMap(id -> Stream.of(0.0, 0.01).map(l1 -> Arguments.of(id, l1)));
  }

  @ParameterizedTest(name = "{0} with l1 = {1}")
  @MethodSource("operators")
  void isThatOfTheWholeChain(String id, double l1) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(id);
    for (WeightTerms terms : WeightTerms.values()) {
      for (WeightGauge gauge : WeightGauge.values()) {
        requireDerivatives(Operators.symmetric(architecture, terms, gauge), architecture, l1);
      }
    }
  }

  @ParameterizedTest(name = "{0} with l1 = {1}")
  @MethodSource("operators")
  void isThatOfTheWholeChainWithoutScalesAndSymmetry(String id, double l1) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(id);
    int edge = id.contains("conv") ? 9 : 1;
    requireDerivatives(
        Operators.of(architecture, RescalingGroup.PERMUTATION, new ScaleGmnHead.GraphDeltas(edge)),
        architecture,
        l1);
  }

  @Test
  void theImagesOfAStepFollowFromItsDraw() {
    LayeredArchitecture architecture = LayeredArchitecture.parse(Operators.ARCHITECTURES.get(0));
    ScaleGmn operator = Operators.symmetric(architecture);
    EditObjective objective = new EditObjective(Operators.images(architecture), 16, 0);
    Workspace workspace = new Workspace(operator, objective, objective);
    workspace.load(Operators.generic(operator));
    List<Example> network = List.of(Operators.network(architecture, 3));

    double first = workspace.accumulate(network, new int[] {0}, 0, 1, 1, DRAW);
    double other = workspace.accumulate(network, new int[] {0}, 0, 1, 1, DRAW + 1);
    double again = workspace.accumulate(network, new int[] {0}, 0, 1, 1, DRAW);

    assertThat(again).isEqualTo(first).isNotEqualTo(other);
  }

  /** Along every parameter tensor's own gradient, and along all of them together. */
  private static void requireDerivatives(
      ScaleGmn operator, LayeredArchitecture architecture, double l1) {
    EditObjective objective = new EditObjective(Operators.images(architecture), 16, l1);
    Workspace workspace = new Workspace(operator, objective, objective);
    List<Example> networks =
        List.of(Operators.network(architecture, 3), Operators.network(architecture, 4));
    float[] parameters = Operators.generic(operator);
    loss(workspace, parameters, networks);
    float[] gradient = workspace.parameters().gradients().clone();
    double largest = along(gradient, 0, gradient.length);
    int checked = 0;
    for (Parameter tensor : operator.layout().parameters()) {
      int from = tensor.offset();
      int to = from + tensor.size();
      double norm = along(gradient, from, to);
      if (norm > 1e-2 * largest) {
        checked++;
        assertThat(difference(workspace, parameters, gradient, from, to, networks))
            .as(tensor.name())
            .isCloseTo(norm, within(0.03 * norm));
      }
    }
    assertThat(checked).isGreaterThan(20);
    assertThat(difference(workspace, parameters, gradient, 0, gradient.length, networks))
        .isCloseTo(largest, within(0.01 * largest));
  }

  /** Slope of the mean loss along the unit vector of part of the gradient. */
  private static double difference(
      Workspace workspace,
      float[] parameters,
      float[] gradient,
      int from,
      int to,
      List<Example> networks) {
    double norm = along(gradient, from, to);
    float[] above = parameters.clone();
    float[] below = parameters.clone();
    for (int i = from; i < to; i++) {
      above[i] += (float) (STEP * gradient[i] / norm);
      below[i] -= (float) (STEP * gradient[i] / norm);
    }
    return (loss(workspace, above, networks) - loss(workspace, below, networks)) / (2 * STEP);
  }

  private static double along(float[] gradient, int from, int to) {
    double squares = 0;
    for (int i = from; i < to; i++) {
      squares += (double) gradient[i] * gradient[i];
    }
    return Math.sqrt(squares);
  }

  private static double loss(Workspace workspace, float[] parameters, List<Example> networks) {
    workspace.load(parameters);
    workspace.parameters().clearGradients();
    return workspace.accumulate(networks, new int[] {0, 1}, 0, 2, 2, DRAW) / 2;
  }
}
