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
import org.junit.jupiter.params.provider.ValueSource;

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
            "sine2:2x3x4:conv3k2s1p3:conv2k1s2p0:dense2",
            "tanh:2x5x4:conv9k3s2p1:conv10k2s1p1:gap:conv3k1s1p1:dense2")
        .map(LayeredArchitecture::parse)
        .flatMap(
            architecture ->
                Arrays.stream(Loss.values()).map(loss -> Arguments.of(architecture, loss)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("networks")
  void outputsLossesAndGradientsAgreeWithFiniteDifferencesOfTheDefinition(
      LayeredArchitecture architecture, Loss loss) {
    Case c = new Case(architecture, loss);
    ReferenceNetwork reference = new ReferenceNetwork(architecture);
    BatchedNetwork network = new BatchedNetwork(architecture, BATCH + 2);
    c.run(network, network.forward(c.padded, 1, c.inputs, 0, BATCH));

    float[] sampleGradients = sampleGradients(network, BATCH);
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
      double[] expected =
          reference.parameterGradient(loss, c.parameters, x, c.labels[n], c.value(n));
      int count = gradient.length;
      float[] sampleGradient = Arrays.copyOfRange(sampleGradients, n * count, (n + 1) * count);
      assertThat(relativeDistance(sampleGradient, expected)).isLessThan(1e-5);
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
  void backwardTakesDropoutMasksIntoAccount(LayeredArchitecture architecture, Loss loss) {
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
          new ReferenceNetwork(architecture, masksOf(architecture, masks, n));
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
    DropoutMasks masks =
        new DropoutMasks(LayeredArchitecture.parse("relu:4:dense50:dense2"), 400, 0.3);
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
    LayeredArchitecture architecture =
        LayeredArchitecture.parse("tanh:2x5x5:conv3k3s2p1:gap:dense4:dense3");
    Case c = new Case(architecture, Loss.SOFTMAX_CROSS_ENTROPY);
    BatchedNetwork network = new BatchedNetwork(architecture, BATCH);
    float[] signals = new float[BATCH * 3];
    float[] gradient = new float[architecture.parameterCount()];
    float[] sampleWeights = new float[BATCH * 54];
    float[] sampleBiases = new float[BATCH * 3];
    float[] inputs = new float[BATCH * 50];
    float[] positionSignals = new float[BATCH * 27];
    Targets targets = new Targets.Labels(c.labels);
    Runnable step =
        () -> {
          float[] outputs = network.forward(c.padded, 1, c.inputs, 0, BATCH);
          c.loss.evaluate(targets, 0, BATCH, 3, outputs, c.losses, signals);
          network.backward(signals);
          network.addGradient(1f, gradient);
          network.sampleGradients(0, sampleWeights, 0, 54, sampleBiases, 0, 3);
          network.copyInputs(0, inputs, 0);
          network.copyPositionSignals(0, positionSignals, 0);
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "relu:2x9x7:conv9k3s2p1:conv8k2s1p1:gap:dense3",
        "tanh:1x6x6:conv10k3s1p2:conv3k3s3p1:dense4:conv2k1s1p1:gap:conv8k1s1p0:dense3"
      })
  void aSampleIsTheSameToTheBitInWhateverBatchItComes(String id) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(id);
    int batch = 37;
    int size = architecture.input().size();
    float[] parameters = Vectors.gaussian(architecture.parameterCount(), 0.4, 1);
    float[] inputs = Vectors.gaussian(batch * size, 1, 2);
    float[] signals = Vectors.gaussian(batch * 3, 1, 3);
    BatchedNetwork network = new BatchedNetwork(architecture, batch);
    float[] outputs = Arrays.copyOf(network.forward(parameters, 0, inputs, 0, batch), batch * 3);
    network.backward(signals);
    float[] gradients = sampleGradients(network, batch);
    float[] onInputs = new float[batch * size];
    network.inputGradient(onInputs, 0);

    int count = architecture.parameterCount();
    for (int n : new int[] {20, 36, 0}) {
      float[] alone = network.forward(parameters, 0, inputs, n * size, 1);
      assertThat(Arrays.copyOf(alone, 3)).isEqualTo(Arrays.copyOfRange(outputs, n * 3, n * 3 + 3));
      network.backward(Arrays.copyOfRange(signals, n * 3, n * 3 + 3));
      assertThat(sampleGradients(network, 1))
          .isEqualTo(Arrays.copyOfRange(gradients, n * count, (n + 1) * count));
      float[] onInput = new float[size];
      network.inputGradient(onInput, 0);
      assertThat(onInput).isEqualTo(Arrays.copyOfRange(onInputs, n * size, (n + 1) * size));
      float[] sum = new float[count];
      network.addGradient(1f, sum);
      assertThat(relativeDistance(sum, toDouble(gradients, n * count, count))).isLessThan(1e-6);
    }
  }

  @Test
  void factorsAreInStoredOrder() {
    LayeredArchitecture architecture = LayeredArchitecture.parse("tanh:2x3x3:conv2k2s1p0:dense3");
    Case c = new Case(architecture, Loss.HALF_SQUARED_ERROR);
    BatchedNetwork network = new BatchedNetwork(architecture, BATCH);
    c.run(network, network.forward(c.padded, 1, c.inputs, 0, BATCH));
    float[] a = new float[BATCH * 8];
    float[] g = new float[BATCH * 3];
    network.copyInputs(1, a, 0);
    network.copySignals(1, g, 0);

    float[] weight = new float[BATCH * 24];
    float[] bias = new float[BATCH * 3];
    network.sampleGradients(1, weight, 0, 24, bias, 0, 3);
    for (int o = 0; o < 3; o++) {
      assertThat(bias[2 * 3 + o]).isEqualTo(g[2 * 3 + o]);
      for (int i = 0; i < 8; i++) {
        assertThat(weight[2 * 24 + o * 8 + i]).isEqualTo(g[2 * 3 + o] * a[2 * 8 + i]);
      }
    }
    float[] images = new float[BATCH * 18];
    network.copyInputs(0, images, 0);
    assertThat(images).isEqualTo(c.inputs);
  }

  @Test
  void anOversizedBatchIsRefused() {
    BatchedNetwork network =
        new BatchedNetwork(LayeredArchitecture.parse("relu:2:dense3:dense2"), 4);
    assertThatThrownBy(() -> network.forward(new float[17], 0, new float[10], 0, 5))
        .hasMessage("relu:2:dense3:dense2: expected a batch of 1…4, found 5");
    assertThatThrownBy(() -> network.forward(new float[17], 1, new float[8], 0, 4))
        .hasMessage("relu:2:dense3:dense2: expected 17 parameters, found 16");
    assertThatThrownBy(() -> network.forward(new float[17], 0, new float[8], 1, 4))
        .hasMessage("relu:2:dense3:dense2: expected 8 input numbers, found 7");
  }

  /** Gradients of all parameters for every sample, [batch, parameters]. */
  private static float[] sampleGradients(BatchedNetwork network, int batch) {
    LayeredArchitecture architecture = network.architecture();
    int count = architecture.parameterCount();
    float[] gradients = new float[batch * count];
    for (AffineLayer layer : architecture.affineLayers()) {
      network.sampleGradients(
          layer.index(),
          gradients,
          layer.weightOffset(),
          count,
          gradients,
          layer.biasOffset(),
          count);
    }
    return gradients;
  }

  private static double[][] masksOf(LayeredArchitecture architecture, DropoutMasks masks, int n) {
    double[][] result = new double[architecture.affineLayers().size() - 1][];
    for (int l = 0; l < result.length; l++) {
      int size = architecture.affineLayers().get(l).output().size();
      result[l] = toDouble(masks.layer(l), n * size, size);
    }
    return result;
  }

  /** A random network with a random batch; its parameters stand at offset 1. */
  private static final class Case {
    final LayeredArchitecture architecture;
    final Loss loss;
    final float[] padded;
    final double[] parameters;
    final float[] inputs;
    final int[] labels;
    final float[] values;
    final float[] losses = new float[BATCH];
    float[] outputs;

    Case(LayeredArchitecture architecture, Loss loss) {
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
