package io.gradzoo.engine.gradient;

import static io.gradzoo.engine.network.Vectors.gaussian;
import static io.gradzoo.engine.network.Vectors.relativeDistance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradzoo.engine.device.CappedAccelerator;
import io.gradzoo.engine.device.EmulatedGpu;
import io.gradzoo.engine.fault.DeviceMemoryException;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.engine.network.Vectors;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import io.gradzoo.engine.tensor.gpu.GpuDevice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Gradient sets from tapes, on the CPU and with the kernels of a GPU, and from the CPU's passes.
 */
class DeviceExtractionTest {
  private static final int SAMPLES = 5;
  private static final LayeredArchitecture CNN =
      LayeredArchitecture.parse("relu:2x7x6:conv4k3s2p1:conv5k2s1p0:gap:dense3");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "relu:1:dense2",
        "tanh:33:dense5:dense3",
        "sine3:2:dense7:dense9:dense2",
        "tanh:3x5x4:dense6:dense2",
        "relu:3x5x4:gap:dense4:dense2",
        "relu:2x7x6:conv4k3s2p1:conv5k2s1p0:gap:dense3",
        "tanh:2x7x6:conv4k3s2p1:conv5k2s1p0:dense3",
        "sine3:1x4x9:conv3k4s3p2:dense4:dense3"
      })
  void setsAreThoseOfTheCpusPasses(String architecture) {
    LayeredArchitecture of = LayeredArchitecture.parse(architecture);
    compare(of, ConvolutionForm.GRADIENTS, CpuDevice.best());
    compare(of, ConvolutionForm.GRADIENTS, EmulatedGpu.device());
  }

  @ParameterizedTest
  @EnumSource(ConvolutionForm.class)
  void alsoInBothFormsOfConvolutions(ConvolutionForm form) {
    compare(CNN, form, CpuDevice.best());
    compare(CNN, form, EmulatedGpu.device());
  }

  @Test
  void whatDoesNotFitIsTakenInParts() {
    Device small = new GpuDevice(new CappedAccelerator(EmulatedGpu.accelerator(), 100_000));
    DeviceExtraction parts = open(CNN, ConvolutionForm.GRADIENTS, small, 64);
    assertThat(parts.networks()).isBetween(1, 63);
    requireEqual(
        parts.extract(networks(CNN, 1)).get(0),
        onCpu(CNN, ConvolutionForm.GRADIENTS, networks(CNN, 1).get(0)));

    Device tiny = new GpuDevice(new CappedAccelerator(EmulatedGpu.accelerator(), 10_000));
    assertThatThrownBy(() -> open(CNN, ConvolutionForm.GRADIENTS, tiny, 64))
        .isInstanceOf(DeviceMemoryException.class);
  }

  @Test
  void wideNetworksAreFewAtATime() {
    LayeredArchitecture wide = LayeredArchitecture.parse("relu:1x90x90:conv16k9s1p4:gap:dense2");
    int most = 200;
    assertThat((1 << 26) / (200 * 81 * 90 * 90)).isZero();

    Device unused =
        computation -> {
          assertThat(computation.capacity()).isEqualTo(1);
          return null;
        };
    DeviceExtraction.open(wide, ConvolutionForm.GRADIENTS, unused, most, 7);
  }

  @Test
  void whatDoesNotFitTheArchitectureIsRefused() {
    DeviceExtraction extraction = open(CNN, ConvolutionForm.GRADIENTS, CpuDevice.best(), 1);
    ProbedNetwork good = networks(CNN, 1).get(0);
    ProbedNetwork bad =
        new ProbedNetwork(good.parameters(), 0, new float[3], SAMPLES, good.signal());
    assertThatThrownBy(() -> extraction.extract(List.of(bad)))
        .hasMessageContaining("expected a probe set of 5 inputs of 2x7x6 (420 numbers)");
  }

  /** Two networks in a workspace for three and for more samples, after others. */
  private static void compare(LayeredArchitecture of, ConvolutionForm form, Device device) {
    DeviceExtraction extraction = open(of, form, device, 3);
    extraction.extract(networks(of, 3));
    List<ProbedNetwork> two = networks(of, 3).subList(1, 3);
    List<GradientSet> sets = extraction.extract(two);
    for (int i = 0; i < two.size(); i++) {
      requireEqual(sets.get(i), onCpu(of, form, two.get(i)));
    }
  }

  private static DeviceExtraction open(
      LayeredArchitecture of, ConvolutionForm form, Device device, int most) {
    return DeviceExtraction.open(of, form, device, SAMPLES + 2, most);
  }

  private static List<ProbedNetwork> networks(LayeredArchitecture of, int count) {
    List<ProbedNetwork> networks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int samples = SAMPLES + 2 - i;
      Targets targets = new Targets.Labels(Vectors.labels(samples, of.outputs(), i));
      networks.add(
          new ProbedNetwork(
              gaussian(1 + of.parameterCount(), 0.5, i),
              1,
              gaussian(samples * of.input().size(), 1, 10 + i),
              samples,
              new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, targets)));
    }
    return networks;
  }

  private static GradientSet onCpu(
      LayeredArchitecture of, ConvolutionForm form, ProbedNetwork one) {
    return new GradientExtraction(of, form)
        .extract(one.parameters(), 1, one.inputs(), one.samples(), one.signal());
  }

  private static void requireEqual(GradientSet actual, GradientSet expected) {
    assertThat(actual.samples()).isEqualTo(expected.samples());
    assertNear(actual.values(), expected.values());
    for (int n = 0; n < expected.samples(); n++) {
      assertNear(actual.sampleGradient(n), expected.sampleGradient(n));
    }
    assertNear(actual.meanGradient(), expected.meanGradient());
    assertNear(actual.empiricalFisherDiagonal(), expected.empiricalFisherDiagonal());
    assertThat(actual.discrepancy()).isLessThan(1e-6);
    for (int i = 0; i < expected.layers().size(); i++) {
      if (expected.layers().get(i) instanceof ConvolutionFactors factors) {
        ConvolutionFactors found = (ConvolutionFactors) actual.layers().get(i);
        assertNear(found.maps(), factors.maps());
        assertNear(found.signals(), factors.signals());
      } else if (expected.layers().get(i) instanceof DenseFactors factors) {
        DenseFactors found = (DenseFactors) actual.layers().get(i);
        assertNear(found.inputs(), factors.inputs());
        assertNear(found.signals(), factors.signals());
      }
    }
  }

  private static void assertNear(float[] actual, float[] expected) {
    assertThat(relativeDistance(actual, expected)).isLessThan(1e-5);
  }
}
