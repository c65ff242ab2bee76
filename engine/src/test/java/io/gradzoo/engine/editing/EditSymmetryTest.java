package io.gradzoo.engine.editing;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.scalegmn.RescalingGroup;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead.WeightTerms;
import io.gradzoo.engine.network.Activation;
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
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole operator θ ↦ θ + f(θ) under 200 random elements of the group of a network. */
class EditSymmetryTest {
  private static final int ELEMENTS = 200;
  private static final double BOUND = 1e-4;

  static Stream<String> architectures() {
    return Operators.ARCHITECTURES.stream();
  }

  static Stream<Arguments> operators() {
    return architectures()
        .flatMap(id -> Arrays.stream(WeightTerms.values()).map(terms -> Arguments.of(id, terms)));
  }

  @ParameterizedTest
  @MethodSource("operators")
  void actingAndThenEditingIsEditingAndThenActing(String id, WeightTerms terms) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(id);
    Edits edits = edits(Operators.symmetric(architecture, terms), architecture);

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
  void editedNetworksOfOneFunctionHaveOneFunction(String id, WeightTerms terms) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(id);
    Edits edits = edits(Operators.symmetric(architecture, terms), architecture);
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
  void anEditThatGoesAsFarAsIsBestMovesWithTheNetworkToo(String id, WeightTerms terms) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(id);
    Edits edits = edits(Operators.symmetric(architecture, terms), architecture);
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
  void whatIsPrunedStaysSoAndMovesWithTheNetwork(String id, WeightTerms terms) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(id);
    float[] sparse = Operators.network(architecture, 3).input().weights();
    PruningMask mask = PruningMask.ofLargest(sparse, 0.6);
    mask.apply(sparse);
    Edits edits = edits(Operators.symmetric(architecture, terms), architecture, sparse);
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
    EditObjective objective = new EditObjective(Operators.images(architecture), 8, 0);
    Workspace workspace = new Workspace(operator, objective, new EditedParameters());
    workspace.load(Operators.generic(operator));
    List<float[]> networks = new ArrayList<>();
    networks.add(network);
    for (int seed = 0; seed < ELEMENTS; seed++) {
      networks.add(act(architecture, seed, networks.get(0)));
    }
    List<Example> examples =
        networks.stream()
            .map(n -> new Example("m", architecture, ExampleParts.ofWeights(n), 0))
            .toList();
    return new Edits(networks, Arrays.asList(workspace.predictAll(examples)));
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
