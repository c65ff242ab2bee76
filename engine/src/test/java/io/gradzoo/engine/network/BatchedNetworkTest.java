package io.gradzoo.engine.network;

import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static io.gradzoo.engine.network.Vectors.toDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BatchedNetworkTest {
  private static final int BATCH = 3;

  static Stream<Arguments> networks() {
    return Stream.of(
            "relu:1x6x6:conv3k3s1p0:conv4k2s2p1:gap:dense3",
            "tanh:2x5x5:conv3k3s2p1:dense4:dense3",
            "sine3:2:dense5:dense5:dense2",
            "relu:3x4x4:dense5:dense2",
            "tanh:2x4x4:gap:dense3",
            "tanh:2x3x3:conv3k1s1p0:conv2k3s1p2:gap:dense3",
            "relu:1x7x5:conv2k3s3p0:gap:dense2:dense3",
            "sine2:2x3x4:conv3k2s1p3:conv2k1s2p0:dense2")
        .map(Architecture::parse)
        .flatMap(
            architecture ->
                Arrays.stream(Loss.values()).map(loss -> Arguments.of(architecture, loss)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("networks")
  void outputsLossesAndGradientsAgreeWithFiniteDifferencesOfTheDefinition(
      Architecture architecture, Loss loss) {
    Case c = new Case(architecture, loss);
    ReferenceNetwork reference = new ReferenceNetwork(architecture);
    BatchedNetwork network = new BatchedNetwork(architecture, BATCH + 2);
    c.run(network, network.forward(c.padded, 1, c.inputs, 0, BATCH));

    float[] weights = new float[architecture.parameterCount()];
    float[] gradient = new float[architecture.parameterCount()];
    float[] inputGradient = new float[c.inputs.length];
    double[] total = new double[gradient.length];
    network.inputGradient(inputGradient, 0);
    network.addGradient(0.5f, gradient);
    for (int n = 0; n < BATCH; n++) {
      double[] x = c.input(n);
      assertThat(relativeDistance(c.output(n), reference.outputs(c.parameters, x)))
          .isLessThan(1e-5);
      double expectedLoss = reference.loss(loss, c.parameters, x, c.labels[n], c.value(n));
      assertThat((double) c.losses[n])
          .isCloseTo(expectedLoss, org.assertj.core.data.Offset.offset(1e-5 * (1 + expectedLoss)));
      for (AffineLayer layer : architecture.affineLayers()) {
        network.sampleGradient(
            layer.index(), n, weights, layer.weightOffset(), weights, layer.biasOffset());
      }
      double[] expected =
          reference.parameterGradient(loss, c.parameters, x, c.labels[n], c.value(n));
      assertThat(relativeDistance(weights, expected)).isLessThan(1e-5);
      double[] onInput =
          toDouble(inputGradient, n * architecture.input().size(), architecture.input().size());
      assertThat(
              relativeDistance(
                  onInput, reference.inputGradient(loss, c.parameters, x, c.labels[n], c.value(n))))
          .isLessThan(1e-5);
      for (int i = 0; i < total.length; i++) {
        total[i] += 0.5 * expected[i];
      }
    }
    assertThat(relativeDistance(gradient, total)).isLessThan(1e-5);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void backwardTakesDropoutMasksIntoAccount(Architecture architecture, Loss loss) {
    Case c = new Case(architecture, loss);
    DropoutMasks masks = new DropoutMasks(architecture, BATCH, 0.4);
    masks.draw(new SplittableRandom(5), BATCH);
    BatchedNetwork network = new BatchedNetwork(architecture, BATCH);
    c.run(network, network.forward(c.padded, 1, c.inputs, 0, BATCH, masks));

    float[] gradient = new float[architecture.parameterCount()];
    network.addGradient(1f, gradient);
    double[] difference = toDouble(gradient);
    double scale = 0;
    for (int n = 0; n < BATCH; n++) {
      ReferenceNetwork reference =
          new ReferenceNetwork(architecture, channelMajor(architecture, masks, n));
      double[] expected =
          reference.parameterGradient(loss, c.parameters, c.input(n), c.labels[n], c.value(n));
      for (int i = 0; i < expected.length; i++) {
        difference[i] -= expected[i];
      }
      scale += Vectors.norm(expected);
    }
    assertThat(Vectors.norm(difference)).isLessThanOrEqualTo(5e-6 * scale);
  }

  @Test
  void dropoutMasksKeepTheirShareAndTheMean() {
    DropoutMasks masks = new DropoutMasks(Architecture.parse("relu:4:dense50:dense2"), 400, 0.3);
    masks.draw(new SplittableRandom(9), 400);
    int kept = 0;
    for (float factor : masks.layer(0)) {
      assertThat(factor).isIn(0f, (float) (1 / 0.7));
      kept += factor > 0 ? 1 : 0;
    }
    assertThat(kept / 20000.0).isBetween(0.7 - 0.013, 0.7 + 0.013);
  }

  @Test
  void aWarmWorkspaceAllocatesNothing() {
    Architecture architecture = Architecture.parse("tanh:2x5x5:conv3k3s2p1:gap:dense4:dense3");
    Case c = new Case(architecture, Loss.SOFTMAX_CROSS_ENTROPY);
    BatchedNetwork network = new BatchedNetwork(architecture, BATCH);
    float[] signals = new float[BATCH * 3];
    float[] gradient = new float[architecture.parameterCount()];
    Targets targets = new Targets.Labels(c.labels);
    Runnable step =
        () -> {
          float[] outputs = network.forward(c.padded, 1, c.inputs, 0, BATCH);
          c.loss.evaluate(targets, 0, BATCH, 3, outputs, c.losses, signals);
          network.backward(signals);
          network.addGradient(1f, gradient);
          network.sampleGradient(0, 1, gradient, 0, gradient, 54);
        };
    assertThat(fewestBytesAllocatedBy(step)).isLessThan(200);
  }

  /**
   * Bytes this thread allocates in 200 runs, the fewest of up to 40 rounds: the vector kernels box
   * until the compiler is done with them.
   */
  private static long fewestBytesAllocatedBy(Runnable step) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long fewest = Long.MAX_VALUE;
    for (int round = 0; round < 40 && fewest >= 200; round++) {
      for (int i = 0; i < 2000; i++) {
        step.run();
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 200; i++) {
        step.run();
      }
      fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return fewest;
  }

  @Test
  void factorsAreInStoredOrder() {
    Architecture architecture = Architecture.parse("tanh:2x3x3:conv2k2s1p0:dense3");
    Case c = new Case(architecture, Loss.HALF_SQUARED_ERROR);
    BatchedNetwork network = new BatchedNetwork(architecture, BATCH);
    c.run(network, network.forward(c.padded, 1, c.inputs, 0, BATCH));
    float[] a = new float[BATCH * 8];
    float[] g = new float[BATCH * 3];
    network.copyInputs(1, a, 0);
    network.copySignals(1, g, 0);

    float[] weight = new float[24];
    float[] bias = new float[3];
    network.sampleGradient(1, 2, weight, 0, bias, 0);
    for (int o = 0; o < 3; o++) {
      assertThat(bias[o]).isEqualTo(g[2 * 3 + o]);
      for (int i = 0; i < 8; i++) {
        assertThat(weight[o * 8 + i]).isEqualTo(g[2 * 3 + o] * a[2 * 8 + i]);
      }
    }
    float[] images = new float[BATCH * 18];
    network.copyInputs(0, images, 0);
    assertThat(images).isEqualTo(c.inputs);
  }

  @Test
  void anOversizedBatchIsRefused() {
    BatchedNetwork network = new BatchedNetwork(Architecture.parse("relu:2:dense3:dense2"), 4);
    assertThatThrownBy(() -> network.forward(new float[17], 0, new float[10], 0, 5))
        .hasMessage("relu:2:dense3:dense2: expected a batch of 1…4, found 5");
    assertThatThrownBy(() -> network.forward(new float[17], 1, new float[8], 0, 4))
        .hasMessage("relu:2:dense3:dense2: expected 17 parameters, found 16");
    assertThatThrownBy(() -> network.forward(new float[17], 0, new float[8], 1, 4))
        .hasMessage("relu:2:dense3:dense2: expected 8 input numbers, found 7");
  }

  private static double[][] channelMajor(Architecture architecture, DropoutMasks masks, int n) {
    double[][] result = new double[architecture.affineLayers().size() - 1][];
    for (int l = 0; l < result.length; l++) {
      Shape shape = architecture.affineLayers().get(l).output();
      result[l] = new double[shape.size()];
      for (int c = 0; c < shape.channels(); c++) {
        for (int p = 0; p < shape.positions(); p++) {
          result[l][c * shape.positions() + p] =
              masks.layer(l)[n * shape.size() + p * shape.channels() + c];
        }
      }
    }
    return result;
  }

  /** A random network with a random batch; its parameters stand at offset 1. */
  private static final class Case {
    final Architecture architecture;
    final Loss loss;
    final float[] padded;
    final double[] parameters;
    final float[] inputs;
    final int[] labels;
    final float[] values;
    final float[] losses = new float[BATCH];
    float[] outputs;

    Case(Architecture architecture, Loss loss) {
      this.architecture = architecture;
      this.loss = loss;
      this.padded = Vectors.gaussian(architecture.parameterCount() + 1, 0.4, 11);
      this.parameters = toDouble(padded, 1, architecture.parameterCount());
      this.inputs = Vectors.gaussian(BATCH * architecture.input().size(), 1, 12);
      this.labels = Vectors.labels(BATCH, architecture.outputs(), 13);
      this.values = Vectors.gaussian(BATCH * architecture.outputs(), 1, 14);
    }

    void run(BatchedNetwork network, float[] batchOutputs) {
      outputs = Arrays.copyOf(batchOutputs, BATCH * architecture.outputs());
      Targets targets =
          loss == Loss.SOFTMAX_CROSS_ENTROPY
              ? new Targets.Labels(labels)
              : new Targets.Values(values);
      float[] signals = new float[outputs.length];
      loss.evaluate(targets, 0, BATCH, architecture.outputs(), outputs, losses, signals);
      network.backward(signals);
    }

    double[] input(int n) {
      return toDouble(inputs, n * architecture.input().size(), architecture.input().size());
    }

    double[] output(int n) {
      return toDouble(outputs, n * architecture.outputs(), architecture.outputs());
    }

    double[] value(int n) {
      return toDouble(values, n * architecture.outputs(), architecture.outputs());
    }
  }
}
