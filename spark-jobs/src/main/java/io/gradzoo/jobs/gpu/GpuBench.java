package io.gradzoo.jobs.gpu;

import io.gradzoo.engine.optimize.OuterOptimizer;
import io.gradzoo.engine.tensor.gpu.Accelerator;
import io.gradzoo.engine.tensor.gpu.GpuDevice;
import io.gradzoo.engine.training.Averaging;
import io.gradzoo.engine.training.ElementwiseObjective;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.OnDivergence;
import io.gradzoo.engine.training.OptimizerState;
import io.gradzoo.engine.training.ShardTrainer;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.engine.training.Workspace;
import io.gradzoo.jobs.device.DeviceSettings;
import java.util.List;
import java.util.function.Consumer;

/**
 * How fast a GPU trains metanetworks: examples a second of whole steps, uploads, loss and update
 * among them, for batches of several sizes; and what of it is spent in which kernel.
 *
 * @param settings of the device
 * @param size of the metanetworks
 * @param batches examples of a step
 * @param seconds how long each is measured, after as long to warm up
 */
public record GpuBench(
    DeviceSettings settings, MetanetworkSize size, List<Integer> batches, double seconds) {
  /** How large metanetworks are. */
  public enum MetanetworkSize {
    /** As they are published. */
    FULL,
    /** So that the emulated device runs them too. */
    SMALL;

    private List<GpuSubject> subjects() {
      return this == FULL ? GpuSubject.fullSize() : GpuSubject.small();
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
    Accelerator accelerator = settings.firstGpu();
    DeviceRates rates = size.rates(accelerator);
    for (GpuSubject subject : size.subjects()) {
      for (int batch : batches) {
        results.accept(measure(accelerator, rates, subject, batch));
      }
    }
  }

  private GpuBenchResult measure(
      Accelerator accelerator, DeviceRates rates, GpuSubject subject, int batch) {
    List<Example> examples = subject.examples(batch);
    TimedAccelerator timed = new TimedAccelerator(accelerator);
    BenchedSteps apart = new BenchedSteps(timed, subject, examples);
    apart.make(2);
    timed.restart();
    apart.make(1);

    MeteredAccelerator metered = new MeteredAccelerator(accelerator);
    BenchedSteps whole = new BenchedSteps(metered, subject, examples);
    whole.make(2);
    int steps = whole.stepsOf(seconds);
    long began = System.nanoTime();
    whole.make(steps);
    double took = (System.nanoTime() - began) * 1e-9;
    return new GpuBenchResult(
        settings,
        accelerator.name(),
        rates,
        subject.name(),
        subject.unit(),
        batch,
        steps,
        took,
        timed.operations(),
        timed.bytes(),
        metered.bytes(),
        timed.seconds());
  }

  /** Steps of a training, one after the other. */
  private static final class BenchedSteps {
    /** Instructions that run several times in a row make numbers grow without end. */
    private static final Averaging WHATEVER_COMES =
        new Averaging(OptimizerState.AVERAGED, OuterOptimizer.AVERAGE, OnDivergence.SKIP_SHARD);

    private final ShardTrainer trainer;
    private final Workspace workspace;
    private TrainingState state;

    BenchedSteps(Accelerator accelerator, GpuSubject subject, List<Example> examples) {
      TrainingSettings settings =
          CheckedTraining.settings(examples.size()).withAveraging(WHATEVER_COMES);
      ElementwiseObjective objective = new ElementwiseObjective.Share();
      trainer = new ShardTrainer(settings, 1, 0, examples);
      workspace =
          new Workspace(subject.metanetwork(), objective, objective, new GpuDevice(accelerator));
      state = TrainingState.initial(subject.metanetwork().layout().initialize(1), settings);
    }

    void make(int steps) {
      state = trainer.run(workspace, state, steps).state();
    }

    /** As many steps as fit into some time, at least one, which are made to find out. */
    int stepsOf(double seconds) {
      int steps = 0;
      int next = 1;
      long began = System.nanoTime();
      double took;
      do {
        make(next);
        steps += next;
        next = steps;
        took = (System.nanoTime() - began) * 1e-9;
      } while (took < seconds);
      return Math.max(1, (int) (steps * seconds / took));
    }
  }
}
