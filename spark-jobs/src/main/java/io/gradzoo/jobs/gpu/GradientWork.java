package io.gradzoo.jobs.gpu;

import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.gradient.DeviceExtraction;
import io.gradzoo.engine.gradient.ProbedNetwork;
import io.gradzoo.engine.gradient.SampleGradients;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.network.Initializer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.gpu.Accelerator;
import io.gradzoo.engine.tensor.gpu.GpuDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sample gradients of random networks, as {@code bench gradients} takes them on the CPU: factors of
 * dense layers, full gradients of convolutions, copied to the host; no moments and no tables. A
 * batch is the samples of a set; there are as many sets in a step as keep a device busy.
 *
 * @param most networks of a step
 */
record GradientWork(String name, LayeredArchitecture architecture, int most) implements GpuWork {

  @Override
  public String unit() {
    return "sample";
  }

  @Override
  public GpuSteps on(Accelerator accelerator, int batch) {
    DeviceExtraction extraction = open(new GpuDevice(accelerator), batch);
    List<ProbedNetwork> networks = networks(extraction.networks(), batch);
    List<SampleGradients> targets = new ArrayList<>();
    networks.forEach(network -> targets.add(extraction.allocate(batch)));
    return new GpuSteps() {
      @Override
      public void make(int steps) {
        for (int step = 0; step < steps; step++) {
          extraction.extract(networks, targets);
        }
      }

      @Override
      public int units() {
        return networks.size() * batch;
      }
    };
  }

  DeviceExtraction open(Device device, int samples) {
    return DeviceExtraction.open(architecture, ConvolutionForm.GRADIENTS, device, samples, most);
  }

  /** Random networks with random samples and labels. */
  List<ProbedNetwork> networks(int count, int samples) {
    SplittableRandom random = new SplittableRandom(1);
    List<ProbedNetwork> networks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] inputs = new float[samples * architecture.input().size()];
      for (int j = 0; j < inputs.length; j++) {
        inputs[j] = (float) random.nextDouble(-1, 1);
      }
      int[] labels = random.ints(samples, 0, architecture.outputs()).toArray();
      networks.add(
          new ProbedNetwork(
              Initializer.GLOROT_NORMAL.parameters(architecture, 0, i),
              0,
              inputs,
              samples,
              new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, new Targets.Labels(labels))));
    }
    return networks;
  }
}
