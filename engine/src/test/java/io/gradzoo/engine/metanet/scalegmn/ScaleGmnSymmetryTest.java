package io.gradzoo.engine.metanet.scalegmn;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Compatibility;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Direction;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Phases;
import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Vectors;
import io.gradzoo.engine.symmetry.NeuronPermutation;
import io.gradzoo.engine.symmetry.PhaseShift;
import io.gradzoo.engine.symmetry.PositiveScaling;
import io.gradzoo.engine.symmetry.SignFlip;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Results under 200 random elements of the symmetry group: unchanged for invariant heads, changed
 * as the network itself for the others.
 */
class ScaleGmnSymmetryTest {
  private static final int ELEMENTS = 200;
  private static final double BOUND = 1e-4;

  /** How far, at least, results of another network are: else nothing would be shown. */
  private static final double SENSITIVITY = 20 * BOUND;

  /** What the public code's bidirectional ReLU variant is off by at least. */
  private static final double PUBLIC_DEFECT = 2.8e-2;

  static Stream<Variant> variants() {
    return Stream.concat(Variant.all().stream(), Variant.options().stream());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void resultsRespectTheWholeGroup(Variant variant) {
    assertThat(largestDeviation(variant, element(variant))).isLessThan(BOUND);
  }

  @Test
  void withoutTheReciprocalABidirectionalVariantDoesNotRespectScalings() {
    Variant reference =
        Variant.relu(Direction.BIDIRECTIONAL).with(RescalingGroup.SCALE, Compatibility.REFERENCE);

    assertThat(largestDeviation(reference, scaling(reference))).isGreaterThan(PUBLIC_DEFECT);
    assertThat(largestDeviation(reference, permutation(reference))).isLessThan(BOUND);
  }

  @Test
  void thePlainGraphMetanetworkDoesNotRespectScalings() {
    Variant plain =
        Variant.relu(Direction.FORWARD).with(RescalingGroup.PERMUTATION, Compatibility.EXACT);

    assertThat(largestDeviation(plain, scaling(plain))).isGreaterThan(PUBLIC_DEFECT);
  }

  @Test
  void signsAreNoSymmetryOfPositiveScalingsCanonicalForm() {
    Variant variant = Variant.relu(Direction.FORWARD);
    LayeredArchitecture odd =
        LayeredArchitecture.of(
            Activation.TANH, variant.architecture().input(), variant.architecture().layers());

    assertThat(
            largestDeviation(
                variant, seed -> network -> SignFlip.random(odd, seed).apply(odd, network)))
        .isGreaterThan(PUBLIC_DEFECT);
  }

  /** The public code's canonical phases are those of w0 = 1. */
  @Test
  void canonicalPhasesOfSineNetworksAreRespectedWithTheirFrequency() {
    Variant exact = Variant.sine(Phases.CANONICAL);
    Variant reference = exact.with(RescalingGroup.SIGN, Compatibility.REFERENCE);
    Variant asGiven = Variant.sine(Phases.AS_GIVEN);

    assertThat(largestDeviation(exact, phases(exact))).isLessThan(BOUND);
    assertThat(largestDeviation(exact, element(exact))).isLessThan(BOUND);
    assertThat(largestDeviation(reference, phases(reference))).isGreaterThan(SENSITIVITY);
    assertThat(largestDeviation(asGiven, phases(asGiven))).isGreaterThan(SENSITIVITY);
  }

  /** Draws an element of the group that a variant respects: its action on flat parameters. */
  private static LongFunction<UnaryOperator<float[]>> element(Variant variant) {
    LongFunction<UnaryOperator<float[]>> permutation = permutation(variant);
    if (variant.config().symmetry() == RescalingGroup.PERMUTATION) {
      return permutation;
    }
    LongFunction<UnaryOperator<float[]>> scaling = scaling(variant);
    return seed -> network -> scaling.apply(~seed).apply(permutation.apply(seed).apply(network));
  }

  private static LongFunction<UnaryOperator<float[]>> phases(Variant variant) {
    LayeredArchitecture a = variant.architecture();
    return seed -> network -> PhaseShift.random(a, seed).apply(a, network);
  }

  private static LongFunction<UnaryOperator<float[]>> permutation(Variant variant) {
    LayeredArchitecture a = variant.architecture();
    return seed -> network -> NeuronPermutation.random(a, seed).apply(a, network);
  }

  private static LongFunction<UnaryOperator<float[]>> scaling(Variant variant) {
    LayeredArchitecture a = variant.architecture();
    return seed ->
        network ->
            a.activation() == Activation.RELU
                ? PositiveScaling.random(a, seed).apply(a, network)
                : SignFlip.random(a, seed).apply(a, network);
  }

  /** Largest ‖f(g θ) − g f(θ)‖ / ‖g f(θ)‖, with g f(θ) = f(θ) for invariant heads. */
  private static double largestDeviation(
      Variant variant, LongFunction<UnaryOperator<float[]>> element) {
    float[] network = Vectors.gaussian(variant.architecture().parameterCount(), 0.5, 7);
    List<float[]> networks = new ArrayList<>();
    networks.add(network);
    networks.add(Vectors.gaussian(network.length, 0.5, 8));
    for (int seed = 0; seed < ELEMENTS; seed++) {
      networks.add(element.apply(seed).apply(network));
    }
    List<float[]> results = new Results(variant).of(networks);
    assertThat(Vectors.relativeDistance(results.get(1), results.get(0))).isGreaterThan(SENSITIVITY);
    boolean invariant = variant.config().head() instanceof ScaleGmnHead.Invariant;
    double largest = 0;
    for (int seed = 0; seed < ELEMENTS; seed++) {
      float[] before = results.get(0);
      float[] expected = invariant ? before : element.apply(seed).apply(before);
      double deviation = Vectors.relativeDistance(results.get(seed + 2), expected);
      assertThat(deviation).isNotNaN();
      largest = Math.max(largest, deviation);
    }
    return largest;
  }
}
