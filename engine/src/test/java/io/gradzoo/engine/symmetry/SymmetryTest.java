package io.gradzoo.engine.symmetry;

import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.gradient.Boundary;
import io.gradzoo.engine.gradient.DenseFactors;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.NeuronFeatures;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.BatchedNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.engine.network.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SymmetryTest {
  private static final int SAMPLES = 5;

  static Stream<Arguments> networksWithTheirSymmetries() {
    return Stream.of(
            "relu:1x6x6:conv3k3s1p1:conv4k2s2p0:gap:dense3",
            "relu:2x5x5:conv3k3s1p0:conv4k2s1p0:dense5:dense3",
            "tanh:2x5x5:conv3k3s2p1:dense4:dense3",
            "tanh:1x6x6:conv3k3s1p0:gap:dense4:dense3",
            "relu:4:dense6:dense5:dense3",
            "tanh:4:dense6:dense5:dense3",
            "sine3:4:dense6:dense5:dense3")
        .map(LayeredArchitecture::parse)
        .flatMap(
            architecture ->
                elements(architecture).map(element -> Arguments.of(architecture, element)));
  }

  static Stream<Arguments> perceptronsWithTheirSymmetries() {
    return networksWithTheirSymmetries()
        .filter(arguments -> ((LayeredArchitecture) arguments.get()[0]).dense());
  }

  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("networksWithTheirSymmetries")
  void theNetworksFunctionIsUnchangedThoughItsParametersAreNot(
      LayeredArchitecture architecture, Symmetry symmetry) {
    float[] parameters = parameters(architecture);
    float[] original = parameters.clone();
    float[] transformed = symmetry.apply(architecture, parameters);

    assertThat(relativeDistance(transformed, parameters)).isGreaterThan(0.1);
    assertThat(
            relativeDistance(outputs(architecture, transformed), outputs(architecture, original)))
        .isLessThan(3e-6);
    assertThat(parameters).isEqualTo(original);
  }

  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("perceptronsWithTheirSymmetries")
  void neuronFeaturesOfTheTransformedNetworkAreTheTransformedFeatures(
      LayeredArchitecture architecture, Symmetry symmetry) {
    float[] parameters = parameters(architecture);
    for (Boundary boundary : Boundary.values()) {
      float[] features = features(architecture, parameters, boundary);
      float[] ofTransformed =
          features(architecture, symmetry.apply(architecture, parameters), boundary);
      assertThat(relativeDistance(symmetry.applyToFeatures(architecture, features), ofTransformed))
          .isLessThan(5e-6);
      assertThat(relativeDistance(features, ofTransformed)).isGreaterThan(0.1);
    }
  }

  @Test
  void scalingOneSideOnlyIsNoSymmetry() {
    LayeredArchitecture architecture = LayeredArchitecture.parse("relu:4:dense6:dense3");
    float[] parameters = parameters(architecture);
    float[] transformed = PositiveScaling.random(architecture, 3).apply(architecture, parameters);
    int incoming = architecture.affineLayers().get(1).weightOffset();
    System.arraycopy(parameters, 0, transformed, 0, incoming);
    assertThat(
            relativeDistance(outputs(architecture, transformed), outputs(architecture, parameters)))
        .isGreaterThan(0.05);
  }

  @Test
  void positiveScalingWouldChangeATanhNetworkAndSignFlipsAReluNetwork() {
    LayeredArchitecture relu = LayeredArchitecture.parse("relu:4:dense6:dense3");
    LayeredArchitecture tanh = LayeredArchitecture.parse("tanh:4:dense6:dense3");
    float[] parameters = parameters(relu);
    float[] scaled = PositiveScaling.random(relu, 3).apply(relu, parameters);
    float[] flipped = SignFlip.random(tanh, 3).apply(tanh, parameters);

    assertThat(relativeDistance(outputs(tanh, scaled), outputs(tanh, parameters)))
        .isGreaterThan(0.05);
    assertThat(relativeDistance(outputs(relu, flipped), outputs(relu, parameters)))
        .isGreaterThan(0.05);
    assertThatThrownBy(() -> PositiveScaling.random(tanh, 3))
        .hasMessage(
            "positive scaling is no symmetry of tanh:4:dense6:dense3: expected activation relu");
    assertThatThrownBy(() -> SignFlip.random(relu, 3).apply(relu, parameters))
        .hasMessage(
            "sign flips are no symmetry of relu:4:dense6:dense3: expected activation tanh or"
                + " sine");
  }

  @Test
  void phaseShiftsAreRefusedForOtherActivations() {
    LayeredArchitecture tanh = LayeredArchitecture.parse("tanh:4:dense6:dense3");
    assertThatThrownBy(() -> PhaseShift.random(tanh, 3))
        .hasMessage(
            "phase shifts are no symmetry of tanh:4:dense6:dense3: expected activation sine");
  }

  @Test
  void noElementActsOnNetworksOrFeaturesOfAnotherActivation() {
    LayeredArchitecture relu = LayeredArchitecture.parse("relu:4:dense6:dense3");
    LayeredArchitecture tanh = LayeredArchitecture.parse("tanh:4:dense6:dense3");
    LayeredArchitecture sine = LayeredArchitecture.parse("sine1:4:dense6:dense3");
    refuses(PositiveScaling.random(relu, 1), tanh, "positive scaling is no symmetry of ");
    refuses(SignFlip.random(tanh, 1), relu, "sign flips are no symmetry of ");
    refuses(PhaseShift.random(sine, 1), tanh, "phase shifts are no symmetry of ");
    assertThatThrownBy(() -> SignFlip.random(relu, 1)).hasMessageContaining("are no symmetry of ");
  }

  @Test
  void noElementActsOnNetworksOrFeaturesOfOtherWidths() {
    LayeredArchitecture small = LayeredArchitecture.parse("relu:4:dense6:dense3");
    LayeredArchitecture large = LayeredArchitecture.parse("relu:4:dense7:dense3");
    LayeredArchitecture deep = LayeredArchitecture.parse("relu:4:dense6:dense5:dense3");
    for (LayeredArchitecture other : List.of(large, deep)) {
      refuses(PositiveScaling.random(small, 1), other, "one factor per hidden neuron or channel");
      refuses(NeuronPermutation.random(small, 1), other, "a permutation of each hidden layer");
    }
  }

  @Test
  void aShiftMovesEveryBiasByItsHalfTurns() {
    LayeredArchitecture sine = LayeredArchitecture.parse("sine3:2:dense4:dense3");
    float[] parameters = parameters(sine);
    float[] shifted = new PhaseShift(new int[][] {{0, 1, 2, -3}}).apply(sine, parameters);
    int bias = sine.affineLayers().get(0).biasOffset();
    for (int o = 0; o < 4; o++) {
      double turns = (shifted[bias + o] - parameters[bias + o]) / (Math.PI / 3);
      assertThat(turns).isCloseTo(new int[] {0, 1, 2, -3}[o], within(1e-6));
    }
  }

  private static void refuses(Symmetry element, LayeredArchitecture architecture, String words) {
    float[] features = new float[2 * NeuronFeatures.neurons(architecture)];
    assertThatThrownBy(() -> element.apply(architecture, parameters(architecture)))
        .hasMessageContaining(words);
    assertThatThrownBy(() -> element.applyToFeatures(architecture, features))
        .hasMessageContaining(words);
  }

  @Test
  void whatIsNoGroupElementIsRefused() {
    assertThatThrownBy(() -> new NeuronPermutation(new int[][] {{0, 2, 2}}))
        .hasMessageContaining("expected each of 0…2 once, found 2");
    assertThatThrownBy(() -> new PositiveScaling(new float[][] {{1f, 0f}}))
        .hasMessage("positive scaling: expected factors > 0, found 0.0");
    assertThatThrownBy(() -> new SignFlip(new float[][] {{1f, 0.5f}}))
        .hasMessage("sign flip: expected factors ±1, found 0.5");
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"RELU", "TANH"})
  void theGaugeOfTheZoosNetworkIsOneScalePerChannelForReluOnly(Activation activation) {
    String name = activation.name().toLowerCase(java.util.Locale.ROOT);
    LayeredArchitecture architecture =
        LayeredArchitecture.parse(
            name + ":1x32x32:conv16k3s2p0:conv16k3s2p0:conv16k3s2p0:gap:dense10");
    assertThat(Symmetry.gaugeDimension(architecture))
        .isEqualTo(activation == Activation.RELU ? 48 : 0);
  }

  private static Stream<Symmetry> elements(LayeredArchitecture architecture) {
    Stream<Symmetry> both =
        Stream.of(NeuronPermutation.random(architecture, 21), scaling(architecture, 22));
    return architecture.activation() == Activation.SINE
        ? Stream.concat(both, Stream.of(PhaseShift.random(architecture, 23)))
        : both;
  }

  private static Symmetry scaling(LayeredArchitecture architecture, long seed) {
    return architecture.activation() == Activation.RELU
        ? PositiveScaling.random(architecture, seed)
        : SignFlip.random(architecture, seed);
  }

  private static float[] parameters(LayeredArchitecture architecture) {
    return Vectors.gaussian(architecture.parameterCount(), 0.5, 1);
  }

  private static float[] inputs(LayeredArchitecture architecture) {
    return Vectors.gaussian(SAMPLES * architecture.input().size(), 1, 2);
  }

  private static float[] outputs(LayeredArchitecture architecture, float[] parameters) {
    float[] outputs =
        new BatchedNetwork(architecture, SAMPLES)
            .forward(parameters, 0, inputs(architecture), 0, SAMPLES);
    return Arrays.copyOf(outputs, SAMPLES * architecture.outputs());
  }

  private static float[] features(
      LayeredArchitecture architecture, float[] parameters, Boundary boundary) {
    Targets targets = new Targets.Labels(Vectors.labels(SAMPLES, 3, 3));
    GradientSet set =
        new GradientExtraction(architecture)
            .extract(
                parameters,
                0,
                inputs(architecture),
                SAMPLES,
                new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, targets));
    List<DenseFactors> factors = set.layers().stream().map(layer -> (DenseFactors) layer).toList();
    float[] features = new float[SAMPLES * NeuronFeatures.neurons(architecture) * 2];
    NeuronFeatures.write(architecture, boundary, parameters, 0, factors, features, 0);
    return features;
  }
}
