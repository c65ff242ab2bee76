package io.gradzoo.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradzoo.engine.device.EmulatedGpu;
import io.gradzoo.engine.network.recorded.JointTraining;
import io.gradzoo.engine.network.recorded.JointTraining.JointSteps;
import io.gradzoo.engine.optimize.Optimizer;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JointTrainingTest {
  private static final int NETWORKS = 3;
  private static final int BATCH = 4;
  private static final int STEPS = 20;
  private static final int IMAGES = 12;

  @ParameterizedTest
  @CsvSource({
    "relu:1x6x6:conv4k3s2p1:conv3k2s1p0:gap:dense3, ADAM",
    "tanh:6:dense5:dense4:dense3, RMSPROP",
    "relu:6:dense5:dense3, SGD"
  })
  void networksBecomeWhatTheyBecomeOnTheCpuOneByOne(String text, OptimizerKind kind) {
    LayeredArchitecture architecture = LayeredArchitecture.parse(text);
    Samples images = images(architecture);
    List<float[]> starts =
        LongStream.range(0, NETWORKS)
            .mapToObj(n -> Initializer.GLOROT_NORMAL.parameters(architecture, 0, n))
            .toList();
    List<int[]> orders = LongStream.range(0, NETWORKS).mapToObj(JointTrainingTest::order).toList();
    JointTraining joint =
        new JointTraining(architecture, EmulatedGpu.device(), kind, NETWORKS, BATCH);

    JointSteps steps = joint.train(starts, images, orders, 0.01);

    double[] losses = new double[STEPS];
    for (int n = 0; n < NETWORKS; n++) {
      float[] expected = starts.get(n).clone();
      descend(architecture, kind, expected, images, orders.get(n), losses);
      float[] actual = steps.parameters().get(n);
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i]).as("network %d", n).isCloseTo(expected[i], within(1e-4f));
      }
    }
    for (int step = 0; step < STEPS; step++) {
      assertThat(steps.losses()[step])
          .as("step %d", step)
          .isCloseTo(losses[step], within(1e-4 * losses[0]));
    }
    assertThat(joint.train(starts, images, orders, 0.01).losses()).isEqualTo(steps.losses());
  }

  /** The CPU's own steps; adds to the mean loss of each. */
  private static void descend(
      LayeredArchitecture architecture,
      OptimizerKind kind,
      float[] parameters,
      Samples images,
      int[] order,
      double[] losses) {
    TrainableLayers network = new TrainableLayers(architecture);
    Optimizer optimizer = kind.create(parameters.length, 0);
    float[] gradient = new float[parameters.length];
    for (int step = 0; step < STEPS; step++) {
      Arrays.fill(gradient, 0f);
      double loss =
          network.accumulate(parameters, images, order, step * BATCH, BATCH, null, gradient);
      losses[step] += loss / (BATCH * NETWORKS);
      optimizer.step(parameters, gradient, 0.01);
    }
  }

  private static int[] order(long seed) {
    return new SplittableRandom(seed).ints(STEPS * BATCH, 0, IMAGES).toArray();
  }

  private static Samples images(LayeredArchitecture of) {
    return new Samples(
        of.input(),
        of.outputs(),
        Vectors.gaussian(IMAGES * of.input().size(), 1, 5),
        Vectors.labels(IMAGES, of.outputs(), 5));
  }

  @Test
  void aCpuThatKeepsNoParametersIsRefused() {
    LayeredArchitecture architecture = LayeredArchitecture.parse("relu:6:dense5:dense3");
    assertThatThrownBy(
            () -> new JointTraining(architecture, CpuDevice.best(), OptimizerKind.SGD, 1, 1))
        .hasMessageContaining("expected a device that keeps parameters");
  }
}
