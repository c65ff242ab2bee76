package io.gradzoo.engine.metanet.gradmetanet;

import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.metanet.ExampleParts;
import io.gradzoo.engine.metanet.Program;
import io.gradzoo.engine.network.Initializer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.engine.symmetry.NeuronPermutation;
import io.gradzoo.engine.tensor.Parameters;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradMetaNetConvolutionTest {
  private static final int SET = 4;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "relu:1x9x9:conv4k3s2p0:conv5k3s1p1:gap:dense3",
        "tanh:2x8x7:conv3k3s1p1:conv4k3s2p0:gap:dense6:dense2"
      })
  void outputsPermuteWithTheNetworkAndIgnoreSetOrder(String id) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(id);
    GradMetaNetConvolution metanet = metanet(Reduction.MEAN);
    Parameters parameters = Parameters.over(metanet.layout().initialize(3));
    for (int seed = 0; seed < 5; seed++) {
      NeuronPermutation permutation = NeuronPermutation.random(architecture, seed);
      float[] theta = Initializer.NORMAL.parameters(architecture, 0.7, seed);
      float[] probes = normal(SET * architecture.input().size(), seed);
      float[] output =
          run(metanet, parameters, architecture, example(architecture, theta, probes, 0, 1, 1, 0));
      float[] moved = permutation.apply(architecture, theta);
      float[] ofMoved =
          run(metanet, parameters, architecture, example(architecture, moved, probes, 0, 1, 1, 0));
      float[] ofReversed =
          run(
              metanet,
              parameters,
              architecture,
              example(architecture, theta, reversed(probes), 0, 1, 1, 0));
      assertThat(relativeDistance(ofMoved, permutation.apply(architecture, output)))
          .isLessThan(1e-5);
      assertThat(relativeDistance(ofReversed, output)).isLessThan(1e-5);
      assertThat(relativeDistance(ofMoved, output))
          .as("the permutation does something")
          .isGreaterThan(1e-3);
    }
  }

  @Test
  void otherKernelsAndFlattenedMapsAreRefused() {
    GradMetaNetConvolution metanet = metanet(Reduction.MEAN);
    Parameters parameters = Parameters.over(metanet.layout().initialize(3));
    for (String id :
        new String[] {"relu:1x9x9:conv4k5s2p0:gap:dense3", "relu:1x9x9:conv4k3s2p0:dense3"}) {
      LayeredArchitecture architecture = LayeredArchitecture.parse(id);
      assertThatThrownBy(
              () ->
                  metanet.compile(
                      architecture, new Tape(CpuDevice.best(), parameters, 1, Tape.Mode.INFERENCE)))
          .hasMessageContaining("expected kernels of side 3");
    }
    LayeredArchitecture fitting = LayeredArchitecture.parse("relu:1x9x9:conv4k3s2p0:gap:dense3");
    assertThatThrownBy(() -> run(metanet, parameters, fitting, new float[5]))
        .hasMessageContaining("numbers, found 5");
  }

  @Test
  void aVectorIgnoresTheOrderOfChannelsAndOfTheSetButNotTheGradients() {
    LayeredArchitecture architecture =
        LayeredArchitecture.parse("relu:1x9x9:conv4k3s2p0:conv5k3s1p1:gap:dense3");
    GradMetaNetConvolution metanet =
        metanet(Reduction.MEAN, new GradMetaNetHead.InvariantVector(2));
    float[] values = metanet.layout().initialize(3);
    for (int i = 0; i < values.length; i++) {
      values[i] *= 4; // a fresh one tells sets apart only faintly
    }
    Parameters parameters = Parameters.over(values);
    Program program =
        metanet.compile(
            architecture, new Tape(CpuDevice.best(), parameters, 1, Tape.Mode.INFERENCE));
    float[] theta = Initializer.NORMAL.parameters(architecture, 0.7, 1);
    float[] probes = normal(SET * architecture.input().size(), 1);
    float[] output = vector(program, example(architecture, theta, probes, 0, 1, 1, 0));
    float[] moved = NeuronPermutation.random(architecture, 1).apply(architecture, theta);

    float[] ofMoved = vector(program, example(architecture, moved, probes, 0, 1, 1, 0));
    float[] reversed = vector(program, example(architecture, theta, reversed(probes), 0, 1, 1, 0));
    float[] ofOthers = vector(program, example(architecture, theta, probes, 2, 2, 2, 2));

    assertThat(output).hasSize(2);
    assertThat(relativeDistance(ofMoved, output)).isLessThan(1e-5);
    assertThat(relativeDistance(reversed, output)).isLessThan(1e-5);
    assertThat(relativeDistance(ofOthers, output)).isGreaterThan(3e-3);
  }

  @Test
  void everyNumberOfAnExampleHasTheChannelOfWhatItMeans() {
    LayeredArchitecture architecture =
        LayeredArchitecture.parse("relu:1x4x4:conv2k3s1p0:gap:dense3");
    int[] channels = new ConvolutionSetLayout(architecture, SET).channels().of();
    int[] counts = new int[16];
    for (int channel : channels) {
      counts[channel]++;
    }

    // 4 samples of 16 pixels and 2·2·2 signals, 18 weights, 2 biases; 2 inputs, 3 signals, 6, 3.
    assertThat(counts).containsExactly(64, 32, 18, 18, 18, 2, 2, 2, 8, 12, 6, 6, 6, 3, 3, 3);
    assertThat(channels[0]).isZero();
    assertThat(channels[channels.length - 1]).isEqualTo(15);
  }

  private static float[] vector(Program program, float[] example) {
    program.load(0, ExampleParts.ofFeatures(example));
    program.forward(1);
    return program.output().values().clone();
  }

  private static GradMetaNetConvolution metanet(Reduction reduction) {
    return metanet(reduction, GradMetaNetConvolutionConfig.EVERY_PARAMETER);
  }

  private static GradMetaNetConvolution metanet(Reduction reduction, GradMetaNetHead head) {
    return new GradMetaNetConvolution(
        new GradMetaNetConvolutionConfig(SET, 3, 8, 12, 6, 16, 2, 2, 24, 16, reduction, head));
  }

  private static float[] example(
      LayeredArchitecture architecture, float[] theta, float[] probes, int... labels) {
    Signal signal = new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, new Targets.Labels(labels));
    GradientSet set =
        new GradientExtraction(architecture, ConvolutionForm.FACTORS)
            .extract(theta, 0, probes, SET, signal);
    return new ConvolutionSetLayout(architecture, SET).example(theta, set);
  }

  /** The outputs as a flat parameter vector. */
  private static float[] run(
      GradMetaNetConvolution metanet,
      Parameters parameters,
      LayeredArchitecture architecture,
      float[] example) {
    Program program =
        metanet.compile(
            architecture, new Tape(CpuDevice.best(), parameters, 1, Tape.Mode.INFERENCE));
    return FlatOutputs.of(program, architecture, ExampleParts.ofFeatures(example));
  }

  private static float[] normal(int n, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  /** The samples of a probe set from last to first. */
  private static float[] reversed(float[] probes) {
    float[] reversed = new float[probes.length];
    int size = probes.length / SET;
    for (int n = 0; n < SET; n++) {
      System.arraycopy(probes, n * size, reversed, (SET - 1 - n) * size, size);
    }
    return reversed;
  }
}
