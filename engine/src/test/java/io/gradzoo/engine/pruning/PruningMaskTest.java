package io.gradzoo.engine.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.editing.Operators;
import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Vectors;
import io.gradzoo.engine.symmetry.NeuronPermutation;
import io.gradzoo.engine.symmetry.PositiveScaling;
import io.gradzoo.engine.symmetry.SignFlip;
import io.gradzoo.engine.symmetry.Symmetry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PruningMaskTest {
  static Stream<String> architectures() {
    return Operators.ARCHITECTURES.stream();
  }

  @Test
  void theLargestStayAndOfEqualOnesTheFirst() {
    float[] network = {3, -1, 2, -5, 2, 0};
    PruningMask mask = PruningMask.ofLargest(network, 0.5);

    mask.apply(network);

    assertThat(network).containsExactly(3, 0, 2, -5, 0, 0);
    assertThat(mask.sparsity()).isEqualTo(0.5);
    assertThat(mask.bytes()).containsExactly(0b1101);
    assertThat(PruningMask.of(mask.bytes(), 6)).isEqualTo(mask);
  }

  @Test
  void allOrNothingMayGo() {
    float[] scores = Vectors.gaussian(17, 1, 1);

    assertThat(PruningMask.ofLargest(scores, 1).sparsity()).isEqualTo(1);
    assertThat(PruningMask.ofLargest(scores, 0).sparsity()).isZero();
    assertThat(PruningMask.ofLargest(scores, 0).bytes()).hasSize(3);
    assertThatThrownBy(() -> PruningMask.ofLargest(scores, Double.NaN))
        .hasMessage("sparsity: expected a share in [0, 1], found NaN");
    assertThatThrownBy(() -> PruningMask.of(new byte[] {0, 1}, 8))
        .hasMessage("mask: expected 8 parameters, found one kept at 8");
  }

  /** The mask moves as the network does, so that a pruned network stays one. */
  @ParameterizedTest
  @MethodSource("architectures")
  void actingOnNetworkAndMaskIsActingOnThePrunedNetwork(String id) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(id);
    float[] network = Vectors.gaussian(architecture.parameterCount(), 1, 3);
    PruningMask mask = PruningMask.ofLargest(network, 0.7);
    float[] pruned = network.clone();
    mask.apply(pruned);
    int other = 0;
    for (long seed = 0; seed < 50; seed++) {
      float[] expected = pruned;
      float[] acted = network;
      PruningMask moved = mask;
      for (Symmetry element : element(architecture, seed)) {
        expected = element.apply(architecture, expected);
        acted = element.apply(architecture, acted);
        moved = moved.moved(element, architecture);
      }
      moved.apply(acted);
      assertThat(Vectors.relativeDistance(acted, expected)).isZero(); // -0 is 0
      assertThat(moved.sparsity()).isEqualTo(mask.sparsity());
      other += moved.equals(mask) ? 0 : 1;
    }
    assertThat(other).as("masks that moved").isGreaterThan(40);
  }

  /** Positive factors change which weights are the largest; permutations and signs do not. */
  @ParameterizedTest
  @MethodSource("architectures")
  void magnitudesMoveWithPermutationsAndSigns(String id) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(id);
    float[] network = Vectors.gaussian(architecture.parameterCount(), 1, 4);
    PruningMask mask = PruningMask.ofLargest(network, 0.8);
    List<Symmetry> element = element(architecture, 9);
    float[] acted = network;
    PruningMask moved = mask;
    for (Symmetry each : element) {
      acted = each.apply(architecture, acted);
      moved = moved.moved(each, architecture);
    }

    if (architecture.activation() == Activation.RELU) {
      assertThat(PruningMask.ofLargest(acted, 0.8)).isNotEqualTo(moved);
    } else {
      assertThat(PruningMask.ofLargest(acted, 0.8)).isEqualTo(moved);
    }
  }

  private static List<Symmetry> element(LayeredArchitecture architecture, long seed) {
    return List.of(
        NeuronPermutation.random(architecture, seed),
        architecture.activation() == Activation.RELU
            ? PositiveScaling.random(architecture, ~seed)
            : SignFlip.random(architecture, ~seed));
  }
}
