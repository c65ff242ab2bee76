package io.gradzoo.benchmark;

import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNet;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConfig;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetHead;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetPlusPlus;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetPlusPlusConfig;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.engine.metanet.scalegmn.GraphLayout;
import io.gradzoo.engine.metanet.scalegmn.RescalingGroup;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnConfig.Direction;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead;
import io.gradzoo.engine.network.AffineLayer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.training.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A metanetwork at full size and examples of the shape it is trained on.
 *
 * @param metanetwork at full size
 * @param architectures of the target networks, in turn; examples of all are equally long
 * @param exampleLength numbers of an example
 * @param batch examples of a training step
 */
record Workload(
    Metanetwork metanetwork,
    List<LayeredArchitecture> architectures,
    int exampleLength,
    int batch) {
  private static final String ZOO_CNN =
      "1x32x32:conv16k3s2p0:conv16k3s2p0:conv16k3s2p0:gap:dense10";

  private static final String DIGITS_CNN = "1x8x8:conv6k3s1p0:conv6k3s1p0:conv6k3s1p0:gap:dense10";

  /** The workload of a name. */
  static Workload named(String name) {
    return switch (name) {
      case "cifar10/relu" ->
          scaleGmn(128, 4, RescalingGroup.SCALE, Direction.FORWARD, 64, "relu:" + ZOO_CNN);
      case "cifar10/tanh_bidir" ->
          scaleGmn(128, 4, RescalingGroup.SIGN, Direction.BIDIRECTIONAL, 32, "tanh:" + ZOO_CNN);
      case "digits/cnn" ->
          scaleGmn(
              32,
              3,
              RescalingGroup.HETERO,
              Direction.FORWARD,
              16,
              "relu:" + DIGITS_CNN,
              "tanh:" + DIGITS_CNN);
      case "digits" -> gradMetaNet("relu:64:dense16:dense16:dense10", 64, 32, 2, 16);
      case "digits32" -> gradMetaNet("relu:64:dense32:dense32:dense10", 64, 32, 2, 16);
      case "siren" -> gradMetaNet("sine30:1:dense32:dense32:dense1", 128, 64, 3, 32);
      case "siren++" -> plusPlus("sine1:1:dense32:dense32:dense1", 128, 16, 2, 4, 2);
      default ->
          throw new IllegalArgumentException(
              "workload "
                  + name
                  + ": expected cifar10/relu, cifar10/tanh_bidir, digits/cnn, digits, digits32,"
                  + " siren or siren++");
    };
  }

  /** ScaleGMN with LayerNorm; of width 128 with 4 layers, as published for a zoo of small CNNs. */
  private static Workload scaleGmn(
      int width,
      int layers,
      RescalingGroup symmetry,
      Direction direction,
      int batch,
      String... texts) {
    boolean forward = direction == Direction.FORWARD;
    int networks = forward ? 2 : 3;
    ScaleGmnConfig config =
        new ScaleGmnConfig(
            symmetry,
            direction,
            width,
            layers,
            new ScaleGmnHead.Invariant(
                forward
                    ? ScaleGmnConfig.ReadoutNodes.LAST_LAYER
                    : ScaleGmnConfig.ReadoutNodes.FULL_GRAPH,
                1),
            ScaleGmnConfig.Canonicalization.SYMMETRIZED,
            ScaleGmnConfig.Phases.AS_GIVEN,
            ScaleGmnConfig.BoundaryUpdate.PERCEPTRON,
            networks,
            networks,
            ScaleGmnConfig.Positions.DEFAULT,
            false,
            true,
            0f,
            0f,
            ScaleGmnConfig.Compatibility.EXACT);
    List<LayeredArchitecture> architectures =
        Arrays.stream(texts).map(LayeredArchitecture::parse).toList();
    LayeredArchitecture first = architectures.get(0);
    return new Workload(
        new ScaleGmn(config, GraphLayout.of(first)), architectures, first.parameterCount(), batch);
  }

  private static Workload gradMetaNet(String text, int setSize, int width, int layers, int batch) {
    GradMetaNetConfig config =
        new GradMetaNetConfig(
            setSize,
            8,
            width,
            layers,
            layers,
            Reduction.MEAN,
            new GradMetaNetHead.InvariantVector(1));
    LayeredArchitecture architecture = LayeredArchitecture.parse(text);
    return new Workload(
        new GradMetaNet(config), List.of(architecture), setSize * neurons(architecture) * 2, batch);
  }

  /** GradMetaNet++ without its product layer: attention is nearly all of its time. */
  private static Workload plusPlus(
      String text, int setSize, int width, int blocks, int heads, int batch) {
    GradMetaNetPlusPlusConfig config =
        new GradMetaNetPlusPlusConfig(
            setSize,
            8,
            width,
            blocks,
            heads,
            Reduction.MEAN,
            new GradMetaNetHead.InvariantVector(1));
    LayeredArchitecture architecture = LayeredArchitecture.parse(text);
    return new Workload(
        new GradMetaNetPlusPlus(config),
        List.of(architecture),
        setSize * neurons(architecture) * 2,
        batch);
  }

  private static int neurons(LayeredArchitecture architecture) {
    return architecture.affineLayers().get(0).in()
        + architecture.affineLayers().stream().mapToInt(AffineLayer::out).sum();
  }

  /** Random examples, the same ones every time. */
  List<Example> examples(int count) {
    SplittableRandom random = new SplittableRandom(3);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] input = new float[exampleLength];
      for (int j = 0; j < input.length; j++) {
        input[j] = (float) (0.3 * random.nextGaussian());
      }
      examples.add(
          new Example(
              "m" + i,
              architectures.get(i % architectures.size()),
              ExampleParts.ofFeatures(input).withWeights(input),
              (float) random.nextDouble()));
    }
    return examples;
  }
}
