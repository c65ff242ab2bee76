package io.gradzoo.jobs.gpu;

import io.gradzoo.engine.editing.EditObjective;
import io.gradzoo.engine.editing.MadeUpImages;
import io.gradzoo.engine.gradient.NeuronFeatures;
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
import io.gradzoo.engine.metanet.scalegmn.ScaleGmnHead;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.training.ElementwiseObjective;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.Objective;
import io.gradzoo.engine.training.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * A metanetwork and random networks or gradient sets that it is trained on.
 *
 * @param name of the metanetwork
 * @param unit what an example is
 * @param metanetwork what is trained
 * @param architecture of the networks
 * @param input random numbers of the length that it reads
 * @param objective what training minimises
 */
record GpuSubject(
    String name,
    String unit,
    Metanetwork metanetwork,
    LayeredArchitecture architecture,
    Function<SplittableRandom, ExampleParts> input,
    Objective objective) {
  private static final LayeredArchitecture SMALL_RELU =
      LayeredArchitecture.parse("relu:1x6x6:conv3k3s1p0:gap:dense4");
  private static final LayeredArchitecture SMALL_TANH =
      LayeredArchitecture.parse("tanh:3:dense5:dense2");
  private static final LayeredArchitecture SMALL_IMAGES =
      LayeredArchitecture.parse("tanh:1x6x6:conv4k3s1p0:conv3k2s1p0:gap:dense3");
  private static final ElementwiseObjective SHARE = new ElementwiseObjective.Share();
  private static final ScaleGmnHead CHANGES =
      new ScaleGmnHead.ParameterDeltas(
          0.1f, ScaleGmnHead.WeightTerms.GATED_AND_PRODUCTS, ScaleGmnHead.WeightGauge.AS_GIVEN);
  private static final String ZOO_CNN =
      "1x32x32:conv16k3s2p0:conv16k3s2p0:conv16k3s2p0:gap:dense10";
  private static final LayeredArchitecture SIREN =
      LayeredArchitecture.parse("sine30:1:dense32:dense32:dense1");

  /** ScaleGMN of both groups and directions, GradMetaNet and GradMetaNet++, small. */
  static List<GpuSubject> small() {
    GradMetaNetHead head = new GradMetaNetHead.InvariantVector(1);
    int set = 8;
    return List.of(
        ofWeights("ScaleGMN, ReLU", SMALL_RELU, small(ScaleGmnConfig.Direction.FORWARD)),
        ofWeights(
            "ScaleGMN, tanh, both directions",
            SMALL_TANH,
            small(ScaleGmnConfig.Direction.BIDIRECTIONAL)),
        changes(
            SMALL_IMAGES,
            scaleGmn(
                RescalingGroup.SIGN, ScaleGmnConfig.Direction.BIDIRECTIONAL, 8, 2, CHANGES, 2, 0f),
            8),
        ofGradients(
            "GradMetaNet",
            new GradMetaNet(new GradMetaNetConfig(set, 4, 8, 2, 2, Reduction.MEAN, head)),
            SMALL_TANH,
            set),
        ofGradients(
            "GradMetaNet++",
            new GradMetaNetPlusPlus(
                new GradMetaNetPlusPlusConfig(set, 4, 4, 2, 2, Reduction.MEAN, head)),
            SMALL_TANH,
            set));
  }

  /**
   * The same at full size: the presets {@code scalegmn-cifar10-relu} and {@code
   * scalegmn-cifar10-tanh-bidir}, and what {@code bench gradmetanet} runs.
   */
  static List<GpuSubject> fullSize() {
    GradMetaNetHead head = new GradMetaNetHead.InvariantVector(1);
    int set = 128;
    return List.of(
        ofWeights(
            "ScaleGMN, cifar10/relu",
            LayeredArchitecture.parse("relu:" + ZOO_CNN),
            scaleGmn(
                RescalingGroup.SCALE,
                ScaleGmnConfig.Direction.FORWARD,
                128,
                4,
                predicting(ScaleGmnConfig.ReadoutNodes.LAST_LAYER),
                2,
                0f)),
        ofWeights(
            "ScaleGMN, cifar10/tanh_bidir",
            LayeredArchitecture.parse("tanh:" + ZOO_CNN),
            scaleGmn(
                RescalingGroup.SIGN,
                ScaleGmnConfig.Direction.BIDIRECTIONAL,
                128,
                4,
                predicting(ScaleGmnConfig.ReadoutNodes.FULL_GRAPH),
                3,
                0.2f)),
        changes(
            LayeredArchitecture.parse("tanh:" + ZOO_CNN),
            scaleGmn(
                RescalingGroup.SIGN,
                ScaleGmnConfig.Direction.BIDIRECTIONAL,
                128,
                4,
                CHANGES,
                2,
                0f),
            64),
        ofGradients(
            "GradMetaNet",
            new GradMetaNet(new GradMetaNetConfig(set, 8, 64, 3, 3, Reduction.MEAN, head)),
            SIREN,
            set),
        ofGradients(
            "GradMetaNet++",
            new GradMetaNetPlusPlus(
                new GradMetaNetPlusPlusConfig(set, 8, 16, 2, 4, Reduction.MEAN, head)),
            SIREN,
            set));
  }

  private static ScaleGmnConfig small(ScaleGmnConfig.Direction direction) {
    ScaleGmnHead head = predicting(ScaleGmnConfig.ReadoutNodes.FULL_GRAPH);
    return scaleGmn(RescalingGroup.HETERO, direction, 8, 2, head, 2, 0f);
  }

  private static ScaleGmnHead predicting(ScaleGmnConfig.ReadoutNodes readout) {
    return new ScaleGmnHead.Invariant(readout, 1);
  }

  private static ScaleGmnConfig scaleGmn(
      RescalingGroup symmetry,
      ScaleGmnConfig.Direction direction,
      int width,
      int layers,
      ScaleGmnHead head,
      int networks,
      float dropout) {
    boolean skips = width < 128;
    return new ScaleGmnConfig(
        symmetry,
        direction,
        width,
        layers,
        head,
        ScaleGmnConfig.Canonicalization.SYMMETRIZED,
        ScaleGmnConfig.Phases.AS_GIVEN,
        ScaleGmnConfig.BoundaryUpdate.PERCEPTRON,
        networks,
        networks,
        ScaleGmnConfig.Positions.DEFAULT,
        skips,
        true,
        dropout,
        0f,
        ScaleGmnConfig.Compatibility.EXACT);
  }

  private static GpuSubject ofWeights(
      String name, LayeredArchitecture architecture, ScaleGmnConfig config) {
    return ofWeights(name, architecture, config, SHARE);
  }

  private static GpuSubject ofWeights(
      String name, LayeredArchitecture architecture, ScaleGmnConfig config, Objective objective) {
    return new GpuSubject(
        name,
        "network",
        new ScaleGmn(config, GraphLayout.of(architecture)),
        architecture,
        random -> ExampleParts.ofWeights(numbers(architecture.parameterCount(), random)),
        objective);
  }

  /** An operator whose networks are shown so many images at a step. */
  private static GpuSubject changes(
      LayeredArchitecture architecture, ScaleGmnConfig config, int imagesOfStep) {
    MadeUpImages images = new MadeUpImages(architecture, 2 * imagesOfStep, 1);
    return ofWeights(
        "ScaleGMN, changes of networks",
        architecture,
        config,
        new EditObjective(images, imagesOfStep, 0.002));
  }

  private static GpuSubject ofGradients(
      String name, Metanetwork metanetwork, LayeredArchitecture architecture, int set) {
    int length = set * NeuronFeatures.neurons(architecture) * NeuronFeatures.WIDTH;
    return new GpuSubject(
        name,
        "set",
        metanetwork,
        architecture,
        random -> ExampleParts.ofFeatures(numbers(length, random)),
        SHARE);
  }

  private static float[] numbers(int count, SplittableRandom random) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  /** To train it on a device. */
  Workspace workspace(Device device) {
    return new Workspace(metanetwork, objective, SHARE, device);
  }

  /** So many random examples. */
  List<Example> examples(int count) {
    SplittableRandom random = new SplittableRandom(3);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float target = (float) random.nextDouble(0.1, 0.9);
      examples.add(new Example("made-up-" + i, architecture, input.apply(random), target));
    }
    return examples;
  }
}
