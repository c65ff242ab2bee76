package io.gradzoo.jobs.gpu;

import io.gradzoo.engine.editing.MadeUpImages;
import io.gradzoo.engine.network.Initializer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.recorded.JointTraining;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.gpu.Accelerator;
import io.gradzoo.engine.tensor.gpu.GpuDevice;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Training of a zoo's networks side by side, with Adam: a batch is how many there are, and each
 * sees some images of its own at every step, which are copied to the device.
 *
 * @param imagesOfStep of each network
 */
record JointWork(String name, LayeredArchitecture architecture, int imagesOfStep)
    implements GpuWork {
  private static final int STEPS_OF_IMAGES = 8;
  private static final double RATE = 0.001;

  @Override
  public String unit() {
    return "image";
  }

  @Override
  public GpuSteps on(Accelerator accelerator, int batch) {
    JointTraining training = open(new GpuDevice(accelerator), batch);
    Samples images = images();
    List<float[]> starts = starts(batch);
    return new GpuSteps() {
      @Override
      public void make(int steps) {
        training.train(starts, images, orders(batch, steps), RATE);
      }

      @Override
      public int units() {
        return batch * imagesOfStep;
      }
    };
  }

  JointTraining open(Device device, int networks) {
    return new JointTraining(architecture, device, OptimizerKind.ADAM, networks, imagesOfStep);
  }

  Samples images() {
    return new MadeUpImages(architecture, STEPS_OF_IMAGES * imagesOfStep, 1).training();
  }

  /** Random networks. */
  List<float[]> starts(int networks) {
    return IntStream.range(0, networks)
        .mapToObj(n -> Initializer.GLOROT_NORMAL.parameters(architecture, 0, n))
        .toList();
  }

  /** For each network random rows of the images. */
  List<int[]> orders(int networks, int steps) {
    int all = STEPS_OF_IMAGES * imagesOfStep;
    return IntStream.range(0, networks)
        .mapToObj(n -> new SplittableRandom(n).ints((long) steps * imagesOfStep, 0, all).toArray())
        .toList();
  }
}
