package io.gradzoo.jobs.gpu;

import io.gradzoo.engine.device.ProductPrecision;
import io.gradzoo.engine.tensor.gpu.Accelerator;
import io.gradzoo.jobs.bench.GradientWorkload;
import io.gradzoo.jobs.device.DeviceSettings;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How fast a GPU trains metanetworks and networks of a zoo and takes sample gradients: examples a
 * second of whole steps, copies from and to the host among them, for batches of several sizes; and
 * what of it is spent in which kernel. Gradients are taken with products in float32, as gradient
 * sets are.
 *
 * @param settings of the device
 * @param size of the networks
 * @param batches examples of a step
 * @param seconds how long each is measured, after as long to warm up
 */
public record GpuBench(
    DeviceSettings settings, MetanetworkSize size, List<Integer> batches, double seconds) {
  /** How large networks are. */
  public enum MetanetworkSize {
    /** As they are published. */
    FULL,
    /** So that the emulated device runs them too. */
    SMALL;

    private List<TrainingWork> trainings() {
      List<GpuSubject> subjects = this == FULL ? GpuSubject.fullSize() : GpuSubject.small();
      return subjects.stream().map(TrainingWork::new).toList();
    }

    private List<JointWork> zoos() {
      return this == FULL
          ? Stream.of(GradientWorkload.values())
              .map(of -> new JointWork("zoo training, " + of, of.architecture(), 32))
              .toList()
          : CheckedJointTraining.all().stream().map(CheckedJointTraining::work).toList();
    }

    private List<GradientWork> gradients() {
      return this == FULL
          ? Stream.of(GradientWorkload.values())
              .map(of -> new GradientWork("gradients, " + of, of.architecture(), Integer.MAX_VALUE))
              .toList()
          : CheckedGradients.all().stream().map(CheckedGradients::work).toList();
    }

    /** What is measured of the device itself, large enough to reach what it can. */
    private DeviceRates rates(Accelerator device) {
      return this == FULL
          ? DeviceRates.measure(device, 1 << 28, 8192)
          : DeviceRates.measure(device, 1 << 16, 64);
    }
  }

  public GpuBench {
    batches = List.copyOf(batches);
  }

  /**
   * Measures.
   *
   * @param results takes each when it is there
   * @throws io.gradzoo.jobs.GradzooException exit code 2 if there is no such device, or it cannot
   *     be used
   */
  public void run(Consumer<GpuBenchResult> results) {
    measure(settings, size.trainings(), results);
    measure(settings, size.zoos(), results);
    measure(settings.with(ProductPrecision.FLOAT32), size.gradients(), results);
  }

  private void measure(
      DeviceSettings on, List<? extends GpuWork> works, Consumer<GpuBenchResult> results) {
    Accelerator accelerator = on.firstGpu();
    DeviceRates rates = size.rates(accelerator);
    for (GpuWork work : works) {
      for (int batch : batches) {
        results.accept(measure(on, accelerator, rates, work, batch));
      }
    }
  }

  private GpuBenchResult measure(
      DeviceSettings on, Accelerator accelerator, DeviceRates rates, GpuWork work, int batch) {
    TimedAccelerator timed = new TimedAccelerator(accelerator);
    GpuWork.GpuSteps apart = work.on(timed, batch);
    apart.make(2);
    timed.restart();
    apart.make(1);

    MeteredAccelerator metered = new MeteredAccelerator(accelerator);
    GpuWork.GpuSteps whole = work.on(metered, batch);
    whole.make(2);
    int steps = stepsOf(whole);
    long began = System.nanoTime();
    whole.make(steps);
    double took = (System.nanoTime() - began) * 1e-9;
    return new GpuBenchResult(
        on,
        accelerator.name(),
        rates,
        work.name(),
        work.unit(),
        batch,
        whole.units(),
        steps,
        took,
        timed.operations(),
        timed.bytes(),
        metered.bytes(),
        timed.seconds());
  }

  /** As many steps as fit into some time, at least one, which are made to find out. */
  private int stepsOf(GpuWork.GpuSteps work) {
    int steps = 0;
    int next = 1;
    long began = System.nanoTime();
    double took;
    do {
      work.make(next);
      steps += next;
      next = steps;
      took = (System.nanoTime() - began) * 1e-9;
    } while (took < seconds);
    return Math.max(1, (int) (steps * seconds / took));
  }
}
