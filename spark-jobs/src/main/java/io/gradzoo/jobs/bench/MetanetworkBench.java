package io.gradzoo.jobs.bench;

import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.optimize.AdamW;
import io.gradzoo.engine.optimize.GlobalNormClip;
import io.gradzoo.engine.optimize.LearningRateSchedule;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import java.util.ArrayList;
import java.util.List;

/**
 * Whole training steps of a metanetwork (forward, loss, backward, clipping, AdamW), or forward
 * passes, on given examples.
 */
final class MetanetworkBench {
  private static final double WEIGHT_DECAY = 0.01;
  private static final double CLIP_NORM = 10;
  private static final double LEARNING_RATE = 1e-3;
  private static final int WARMUP_STEPS = 1000;

  private final Kernels kernels = CpuKernels.best();
  private final BenchSettings settings;
  private final Metanetwork metanetwork;
  private final List<BenchExample> examples;
  private final List<LayeredArchitecture> architectures;
  private final float[] values;

  /**
   * @param examples as many as the settings' batch
   */
  MetanetworkBench(
      Metanetwork metanetwork, List<BenchExample> examples, long seed, BenchSettings settings) {
    this.metanetwork = metanetwork;
    this.examples = examples;
    this.settings = settings;
    this.architectures = examples.stream().map(BenchExample::architecture).distinct().toList();
    this.values = metanetwork.layout().initialize(seed);
  }

  /** Warms up, measures, and returns what was found. */
  BenchResult run() {
    try (ThreadPool pool = new ThreadPool(settings.threads())) {
      SgemmPeak peak = new SgemmPeak(kernels, pool);
      Step step = new Step(pool);
      step.repeat(settings.seconds());
      long steps = 0;
      double elapsed = 0;
      while (elapsed < settings.seconds()) {
        peak.turn();
        long start = System.nanoTime();
        steps += step.repeat(Math.min(SgemmPeak.INTERVAL, settings.seconds() - elapsed));
        elapsed += (System.nanoTime() - start) * 1e-9;
      }
      return new BenchResult(
          kernels.name(),
          architectures.stream().map(LayeredArchitecture::id).toList(),
          values.length,
          steps,
          elapsed,
          operations() / 1e9,
          peak.gflops(),
          step.allocated(),
          step.loss());
    }
  }

  private BatchPieces pieces() {
    return new BatchPieces(examples, settings.threads(), metanetwork::groupSize);
  }

  private BenchWorker worker(Kernels on) {
    Device device = new CpuDevice(on);
    return new BenchWorker(metanetwork, device, values, architectures, settings.batch(), mode());
  }

  /** Operations of products for one example, counted over a step. */
  private double operations() {
    ProductCounter counter = new ProductCounter();
    BenchWorker worker = worker(counter.counting(kernels));
    if (settings.work() == BenchSettings.Work.TRAINING) {
      worker.gradient(pieces(), 0);
    } else {
      worker.forward(pieces());
    }
    return (double) counter.operations() / examples.size();
  }

  private Tape.Mode mode() {
    return settings.work() == BenchSettings.Work.TRAINING
        ? Tape.Mode.TRAINING
        : Tape.Mode.INFERENCE;
  }

  /** A step of all workers, again and again. */
  private final class Step {
    private final ThreadPool pool;
    private final BatchPieces pieces;
    private final List<BenchWorker> workers = new ArrayList<>();
    private final AdamW optimizer;
    private final GlobalNormClip clip;
    private final LearningRateSchedule schedule;
    private final float[] gradient;
    private long taken;
    private long allocated;

    Step(ThreadPool pool) {
      this.pool = pool;
      this.pieces = pieces();
      for (int i = 0; i < settings.threads(); i++) {
        workers.add(worker(kernels));
      }
      this.optimizer = new AdamW(values.length, WEIGHT_DECAY);
      this.clip = new GlobalNormClip(CLIP_NORM);
      this.schedule = LearningRateSchedule.constant(LEARNING_RATE, WARMUP_STEPS);
      this.gradient = workers.get(0).gradients();
    }

    /** Takes steps for so long, at least one; returns how many. */
    long repeat(double seconds) {
      long start = System.nanoTime();
      long steps = 0;
      do {
        take();
        steps++;
      } while ((System.nanoTime() - start) * 1e-9 < seconds);
      return steps;
    }

    private void take() {
      pieces.restart();
      if (settings.work() == BenchSettings.Work.FORWARD) {
        pool.all(
            number -> {
              workers.get(number).forward(pieces);
              return number;
            });
        return;
      }
      pool.all(
          number -> {
            workers.get(number).gradient(pieces, taken);
            return number;
          });
      long before = Allocation.ofThisThread();
      for (int worker = 1; worker < workers.size(); worker++) {
        float[] more = workers.get(worker).gradients();
        kernels.add(more, 0, gradient, 0, gradient.length);
      }
      clip.apply(gradient);
      optimizer.step(values, gradient, schedule.rate(taken));
      taken++;
      allocated = Allocation.ofThisThread() - before;
    }

    /** Bytes that the last step allocated; handing work to threads does not count. */
    long allocated() {
      return allocated + workers.stream().mapToLong(BenchWorker::allocated).sum();
    }

    /** Loss of the last step's batch. */
    double loss() {
      return workers.stream().mapToDouble(BenchWorker::loss).sum();
    }
  }
}
