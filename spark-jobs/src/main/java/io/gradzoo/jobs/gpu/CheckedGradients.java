package io.gradzoo.jobs.gpu;

import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.gradient.DeviceExtraction;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.GradientSet;
import io.gradzoo.engine.gradient.ProbedNetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.tensor.Device;
import java.util.Arrays;
import java.util.List;

/**
 * Gradient sets that a device is compared on with the CPU's own passes.
 *
 * @param work small networks
 */
record CheckedGradients(GradientWork work) {
  private static final int NETWORKS = 3;
  private static final int SAMPLES = 7;

  /** A network with each kind of layer and each activation. */
  static List<CheckedGradients> all() {
    return List.of(
        of("gradients, ReLU CNN", "relu:2x7x6:conv4k3s2p1:conv5k2s1p0:gap:dense3"),
        of("gradients, tanh CNN", "tanh:1x9x4:conv3k3s1p1:dense5:dense3"),
        of("gradients, ReLU perceptron", "relu:33:dense31:dense3"),
        of("gradients, SIREN", "sine3:2:dense9:dense9:dense2"));
  }

  private static CheckedGradients of(String name, String architecture) {
    return new CheckedGradients(
        new GradientWork(name, LayeredArchitecture.parse(architecture), NETWORKS));
  }

  /** Compares every sample's gradient, values and moments. */
  GpuCheckResult.Checked compare(Device device) {
    DeviceExtraction extraction = work.open(device, SAMPLES);
    List<ProbedNetwork> networks = work.networks(NETWORKS, SAMPLES);
    List<GradientSet> sets = extraction.extract(networks);
    List<GradientSet> again = extraction.extract(networks);
    GradientExtraction onCpu =
        new GradientExtraction(work.architecture(), ConvolutionForm.GRADIENTS);
    double largest = 0;
    boolean sameBits = true;
    for (int i = 0; i < NETWORKS; i++) {
      ProbedNetwork of = networks.get(i);
      float[] expected =
          numbers(onCpu.extract(of.parameters(), 0, of.inputs(), SAMPLES, of.signal()));
      float[] actual = numbers(sets.get(i));
      largest = Math.max(largest, distance(actual, expected));
      sameBits &= Arrays.equals(actual, numbers(again.get(i)));
    }
    return new GpuCheckResult.Checked(work.name(), largest, sameBits);
  }

  /** Losses, then the gradient of each sample, then the mean and the Fisher diagonal. */
  private static float[] numbers(GradientSet set) {
    float[] mean = set.meanGradient();
    float[] numbers = Arrays.copyOf(set.values(), SAMPLES + (SAMPLES + 2) * mean.length);
    for (int n = 0; n < SAMPLES; n++) {
      float[] gradient = set.sampleGradient(n);
      System.arraycopy(gradient, 0, numbers, SAMPLES + n * mean.length, mean.length);
    }
    System.arraycopy(mean, 0, numbers, SAMPLES + SAMPLES * mean.length, mean.length);
    float[] squares = set.empiricalFisherDiagonal();
    System.arraycopy(squares, 0, numbers, SAMPLES + (SAMPLES + 1) * mean.length, mean.length);
    return numbers;
  }

  /** The largest difference relative to the largest number; NaN if one is not finite. */
  private static double distance(float[] actual, float[] expected) {
    double scale = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      scale = Math.max(scale, Math.abs(expected[i]));
      largest = Math.max(largest, Math.abs((double) actual[i] - expected[i]));
    }
    return largest / scale;
  }
}
