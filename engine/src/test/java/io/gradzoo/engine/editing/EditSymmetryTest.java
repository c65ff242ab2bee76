package io.gradzoo.engine.editing;

import static io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead.WeightGauge.AS_GIVEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.scalegmn.RescalingGroup;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead.WeightGauge;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead.WeightTerms;
import io.gradzoo.engine.network.Activation;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.BatchedNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.Vectors;
import io.gradzoo.engine.pruning.PruningMask;
import io.gradzoo.engine.symmetry.NeuronPermutation;
import io.gradzoo.engine.symmetry.PositiveScaling;
import io.gradzoo.engine.symmetry.SignFlip;
import io.gradzoo.engine.symmetry.Symmetry;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole operator θ ↦ θ + f(θ) under 200 random elements of the group of a network. */
class EditSymmetryTest {
  private static final int ELEMENTS = 200;
  private static final double BOUND = 1e-4;

  static Stream<String> architectures() {
    return Operators.ARCHITECTURES.stream();
  }

  static Stream<Arguments> operators() {
    return architectures()
        .flatMap(
            id ->
                Arrays.stream(WeightTerms.values())
                    .flatMap(
                        terms ->
                            Arrays.stream(WeightGauge.values())
                                .filter(gauge -> id.startsWith("relu") || gauge == AS_GIVEN)
                                .map(gauge -> Arguments.of(id, terms, gauge))));
  }

  @ParameterizedTest
  @MethodSource("operators")
  void actingAndThenEditingIsEditingAndThenActing(String id, WeightTerms terms, WeightGauge gauge) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(id);
    Edits edits = edits(Operators.symmetric(architecture, terms, gauge), architecture);

    assertThat(Vectors.relativeDistance(edits.edited.get(0), edits.networks.get(0)))
        .as("the change")
        .isGreaterThan(0.05);
    for (int seed = 0; seed < ELEMENTS; seed++) {
      float[] expected = act(architecture, seed, edits.edited.get(0));
      assertThat(Vectors.relativeDistance(edits.edited.get(seed + 1), expected)).isLessThan(BOUND);
    }
  }

  @ParameterizedTest
  @MethodSource("operators")
  void editedNetworksOfOneFunctionHaveOneFunction(String id, WeightTerms terms, WeightGauge gauge) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(id);
    Edits edits = edits(Operators.symmetric(architecture, terms, gauge), architecture);
    float[] before = function(architecture, edits.networks.get(0));
    float[] after = function(architecture, edits.edited.get(0));

    assertThat(Vectors.relativeDistance(after, before)).as("the change").isGreaterThan(0.05);
    for (float[] edited : edits.edited) {
      assertThat(Vectors.relativeDistance(function(architecture, edited), after))
          .isLessThan(10 * BOUND);
    }
  }

  @ParameterizedTest
  @MethodSource("operators")
  void anEditThatGoesAsFarAsIsBestMovesWithTheNetworkToo(
      String id, WeightTerms terms, WeightGauge gauge) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(id);
    Edits edits = edits(Operators.symmetric(architecture, terms, gauge), architecture);
    EditSearch search =
        new EditSearch(
            new EditedNetwork(architecture, 0),
            Operators.images(architecture).training(),
            NetworkMeasures::loss);
    boolean uphill = search.between(edits.networks.get(0), edits.edited.get(0)).length() == 0;
    List<EditSearch.FoundEdit> found = new ArrayList<>();
    for (int i = 0; i <= ELEMENTS; i++) {
      float[] network = edits.networks.get(i);
      float[] edited = edits.edited.get(i);
      found.add(search.between(network, uphill ? mirrored(network, edited) : edited));
    }

    assertThat(found.get(0).length()).isPositive();
    for (int seed = 0; seed < ELEMENTS; seed++) {
      float[] expected = act(architecture, seed, found.get(0).parameters());
      float[] moved = found.get(seed + 1).parameters();
      assertThat(found.get(seed + 1).length()).isEqualTo(found.get(0).length());
      assertThat(Vectors.relativeDistance(moved, expected)).isLessThan(BOUND);
    }
  }

  /** The edit in the other direction. */
  private static float[] mirrored(float[] network, float[] edited) {
    float[] mirrored = new float[network.length];
    for (int i = 0; i < mirrored.length; i++) {
      mirrored[i] = 2 * network[i] - edited[i];
    }
    return mirrored;
  }

  @ParameterizedTest
  @MethodSource("operators")
  void whatIsPrunedStaysSoAndMovesWithTheNetwork(String id, WeightTerms terms, WeightGauge gauge) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(id);
    float[] sparse = Operators.network(architecture, 3).input().weights();
    PruningMask mask = PruningMask.ofLargest(sparse, 0.6);
    mask.apply(sparse);
    Edits edits = edits(Operators.symmetric(architecture, terms, gauge), architecture, sparse);
    float[] edited = edits.edited.get(0).clone();
    mask.apply(edited);

    assertThat(Vectors.relativeDistance(edited, edits.edited.get(0))).isGreaterThan(0.05);
    for (int seed = 0; seed < ELEMENTS; seed++) {
      float[] moved = edits.edited.get(seed + 1).clone();
      PruningMask movedMask = mask;
      for (Symmetry each : element(architecture, seed)) {
        movedMask = movedMask.moved(each, architecture);
      }
      movedMask.apply(moved);
      assertThat(Vectors.relativeDistance(moved, act(architecture, seed, edited)))
          .isLessThan(BOUND);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"relu:6:dense5:dense4:dense3", "relu:1x6x6:conv4k3s1p0:conv3k2s1p0:gap:dense3"})
  void aBalancedGaugeBearsFactorsFromAThousandthToAThousandAndVanishedNeurons(String id) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(id);
    float[] network = Operators.network(architecture, 3).input().weights();
    vanish(architecture, network);
    List<Symmetry> elements = new ArrayList<>();
    for (int seed = 0; seed < ELEMENTS; seed++) {
      elements.add(wide(architecture, seed));
    }
    ScaleGmn operator =
        Operators.symmetric(architecture, WeightTerms.GATED_AND_PRODUCTS, WeightGauge.BALANCED);
    List<float[]> networks = new ArrayList<>(List.of(network));
    elements.forEach(each -> networks.add(each.apply(architecture, network)));
    float[][] edited = edited(operator, architecture, networks);

    float[] change = difference(edited[0], network);
    assertThat(Vectors.relativeDistance(edited[0], network)).isGreaterThan(0.05);
    for (int seed = 0; seed < ELEMENTS; seed++) {
      float[] back =
          inverse((PositiveScaling) elements.get(seed))
              .apply(architecture, difference(edited[seed + 1], networks.get(seed + 1)));
      assertThat(Vectors.relativeDistance(back, change)).isLessThan(10 * BOUND);
    }
  }

  /** Nothing of it is left, as weight decay does it; and one is left with its bias alone. */
  private static void vanish(LayeredArchitecture architecture, float[] network) {
    AffineLayer first = architecture.affineLayers().get(0);
    AffineLayer second = architecture.affineLayers().get(1);
    int window = second.kernel() * second.kernel();
    for (int i = 0; i < first.fanIn(); i++) {
      network[first.weightOffset() + i] *= 1e-20f;
    }
    network[first.biasOffset()] = 0;
    for (int o = 0; o < second.out(); o++) {
      for (int k = 0; k < 2 * window; k++) {
        network[second.weightOffset() + o * second.fanIn() + k] *= 1e-20f;
      }
    }
  }

  /** Factors from 10⁻³ to 10³. */
  private static PositiveScaling wide(LayeredArchitecture architecture, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] factors = PositiveScaling.random(architecture, seed).factors();
    for (float[] layer : factors) {
      for (int i = 0; i < layer.length; i++) {
        layer[i] = (float) Math.pow(10, random.nextDouble(-3, 3));
      }
    }
    return new PositiveScaling(factors);
  }

  private static PositiveScaling inverse(PositiveScaling scaling) {
    float[][] inverse = new float[scaling.factors().length][];
    for (int l = 0; l < inverse.length; l++) {
      inverse[l] = scaling.factors()[l].clone();
      for (int i = 0; i < inverse[l].length; i++) {
        inverse[l][i] = 1 / inverse[l][i];
      }
    }
    return new PositiveScaling(inverse);
  }

  private static float[] difference(float[] a, float[] b) {
    float[] difference = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void withoutTheSymmetryFunctionsDiffer(String id) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(id);
    ScaleGmn broken =
        Operators.of(
            architecture, RescalingGroup.PERMUTATION, new ScaleGmnHead.ParameterDeltas(1f));
    Edits edits = edits(broken, architecture);
    float[] after = function(architecture, edits.edited.get(0));

    double largest = 0;
    for (float[] edited : edits.edited) {
      largest = Math.max(largest, Vectors.relativeDistance(function(architecture, edited), after));
    }
    assertThat(largest).isGreaterThan(100 * BOUND);
  }

  /** A network and its images under the group, each as it is and edited. */
  private record Edits(List<float[]> networks, List<float[]> edited) {}

  private static Edits edits(ScaleGmn operator, LayeredArchitecture architecture) {
    return edits(operator, architecture, Operators.network(architecture, 3).input().weights());
  }

  private static Edits edits(ScaleGmn operator, LayeredArchitecture architecture, float[] network) {
    List<float[]> networks = new ArrayList<>();
    networks.add(network);
    for (int seed = 0; seed < ELEMENTS; seed++) {
      networks.add(act(architecture, seed, networks.get(0)));
    }
    return new Edits(networks, Arrays.asList(edited(operator, architecture, networks)));
  }

  private static float[][] edited(
      ScaleGmn operator, LayeredArchitecture architecture, List<float[]> networks) {
    EditObjective objective = new EditObjective(Operators.images(architecture), 8, 0);
    Workspace workspace = new Workspace(operator, objective, new EditedParameters());
    workspace.load(Operators.generic(operator));
    return workspace.predictAll(
        networks.stream()
            .map(n -> new Example("m", architecture, ExampleParts.ofWeights(n), 0))
            .toList());
  }

  /** A permutation, then positive factors of a ReLU network, signs of a tanh one. */
  private static float[] act(LayeredArchitecture a, long seed, float[] network) {
    float[] acted = network;
    for (Symmetry each : element(a, seed)) {
      acted = each.apply(a, acted);
    }
    return acted;
  }

  private static List<Symmetry> element(LayeredArchitecture a, long seed) {
    return List.of(
        NeuronPermutation.random(a, seed),
        a.activation() == Activation.RELU
            ? PositiveScaling.random(a, ~seed)
            : SignFlip.random(a, ~seed));
  }

  private static float[] function(LayeredArchitecture architecture, float[] network) {
    Samples images = Operators.images(architecture).training();
    BatchedNetwork runner = new BatchedNetwork(architecture, images.size());
    int numbers = images.size() * architecture.outputs();
    return Arrays.copyOf(runner.forward(network, 0, images.inputs(), 0, images.size()), numbers);
  }
}
