package io.gradzoo.engine.golden;

import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.metanet.gradmetanet.ConvolutionSetLayout;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConvolution;
import io.gradzoo.engine.metanet.gradmetanet.GradMetaNetConvolutionConfig;
import io.gradzoo.engine.metanet.gradmetanet.Reduction;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.Tape;
import java.util.Arrays;

/** GradMetaNet on the gradient set of a CNN. */
record GoldenConvolutionCase(GoldenSets golden, Reduction reduction) implements GoldenCase {
  private static final int SET = 4;
  private static final LayeredArchitecture ARCHITECTURE =
      LayeredArchitecture.parse("relu:1x28x28:conv16k3s2p0:conv16k3s2p0:conv16k3s2p0:gap:dense10");

  @Override
  public String name() {
    return "gmn_conv on cnn, " + GoldenSets.mode(reduction);
  }

  @Override
  public String toString() {
    return name();
  }

  @Override
  public GoldenDistance distance(Device device) {
    GradMetaNetConvolution metanetwork =
        new GradMetaNetConvolution(
            new GradMetaNetConvolutionConfig(
                SET,
                3,
                8,
                12,
                6,
                16,
                2,
                2,
                24,
                16,
                reduction,
                GradMetaNetConvolutionConfig.EVERY_PARAMETER));
    Tape tape =
        new Tape(
            device, golden.parameters(metanetwork.layout(), "gmn_conv"), 1, Tape.Mode.INFERENCE);
    Program program = metanetwork.compile(ARCHITECTURE, tape);
    program.load(0, ExampleParts.ofFeatures(example()));
    program.forward(1);
    String of = "cnn/out/" + GoldenSets.mode(reduction) + "/";
    return new GoldenDistance(golden.distance(program.outputs(), of), 0);
  }

  private float[] example() {
    float[] theta = golden.weights("cnn", ARCHITECTURE);
    float[] images = GoldenSets.floats(golden.values().array("cnn/X"));
    int[] labels =
        Arrays.stream(golden.values().array("cnn/y")).mapToInt(label -> (int) label).toArray();
    Signal signal = new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, new Targets.Labels(labels));
    GradientSet set =
        new GradientExtraction(ARCHITECTURE, ConvolutionForm.FACTORS)
            .extract(theta, 0, images, SET, signal);
    return new ConvolutionSetLayout(ARCHITECTURE, SET).example(theta, set);
  }
}
