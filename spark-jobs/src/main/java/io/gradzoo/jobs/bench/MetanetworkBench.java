package io.gradzoo.jobs.bench;

import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.optimize.AdamW;
import io.gradzoo.engine.optimize.GlobalNormClip;
import io.gradzoo.engine.optimize.WarmupSchedule;
import io.gradzoo.engine.tensor.Tape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

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
  private final Function<Kernels, Metanetwork> build;
  private final List<BenchExample> examples;
  private final List<Architecture> architectures;
  private final float[] values;

  /**
   * @param build the metanetwork on given kernels
   * @param examples as many as the settings' batch
   */
  MetanetworkBench(
      Function<Kernels, Metanetwork> build,
      List<BenchExample> examples,
      long seed,
      BenchSettings settings) {
    this.build = build;
    this.examples = examples;
    this.settings = settings;
    this.architectures = examples.stream().map(BenchExample::architecture).distinct().toList();
    this.values = build.apply(kernels).layout().initialize(seed);
  }

  /** Warms up, measures, and returns what was found. */
  BenchResult run() {
    try (Crew crew = new Crew(settings.threads())) {
      double before = SgemmPeak.measure(kernels, crew);
      List<BenchWorker> workers = workers();
      Step step = new Step(crew, workers);
      step.repeat(settings.seconds() / 2);
      long allocatedBefore = step.allocated();
      long start = System.nanoTime();
      long steps = step.repeat(settings.seconds());
      double elapsed = (System.nanoTime() - start) * 1e-9;
      return new BenchResult(
          kernels.name(),
          architectures.stream().map(Architecture::id).toList(),
          values.length,
          steps,
          elapsed,
          operations() / 1e9,
          Math.max(before, SgemmPeak.measure(kernels, crew)),
          (step.allocated() - allocatedBefore) / steps,
          step.loss());
    }
  }

  private List<BenchWorker> workers() {
    Metanetwork metanetwork = build.apply(kernels);
    List<BenchWorker> workers = new ArrayList<>();
    int threads = settings.threads();
    for (int i = 0; i < threads; i++) {
      List<BenchExample> share =
          examples.subList(
              (int) ((long) i * examples.size() / threads),
              (int) ((long) (i + 1) * examples.size() / threads));
      workers.add(new BenchWorker(metanetwork, values, share, settings.batch(), mode()));
    }
    return workers;
  }

  /** Operations of products for one example, counted over one group of each architecture. */
  private double operations() {
    ProductCounter counter = new ProductCounter();
    Metanetwork counted = build.apply(counter.counting(kernels));
    int most = architectures.stream().mapToInt(counted::groupSize).max().orElseThrow();
    List<BenchExample> sample =
        examples.subList(0, Math.min(examples.size(), most * architectures.size()));
    BenchWorker worker = new BenchWorker(counted, values, sample, sample.size(), mode());
    if (settings.work() == BenchSettings.Work.TRAINING) {
      worker.gradient(0);
    } else {
      worker.forward();
    }
    return (double) counter.operations() / sample.size();
  }

  private Tape.Mode mode() {
    return settings.work() == BenchSettings.Work.TRAINING
        ? Tape.Mode.TRAINING
        : Tape.Mode.INFERENCE;
  }

  /** A step of all workers, again and again. */
  private final class Step {
    private final Crew crew;
    private final List<BenchWorker> workers;
    private final AdamW optimizer;
    private final GlobalNormClip clip;
    private final WarmupSchedule schedule;
    private final float[] gradient;
    private long taken;
    private long allocated;

    Step(Crew crew, List<BenchWorker> workers) {
      this.crew = crew;
      this.workers = workers;
      this.optimizer = new AdamW(values.length, WEIGHT_DECAY);
      this.clip = new GlobalNormClip(CLIP_NORM);
      this.schedule = new WarmupSchedule(LEARNING_RATE, WARMUP_STEPS);
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
      if (settings.work() == BenchSettings.Work.FORWARD) {
        crew.all(
            number -> {
              workers.get(number).forward();
              return number;
            });
        return;
      }
      crew.all(
          number -> {
            workers.get(number).gradient(taken);
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
      allocated += Allocation.ofThisThread() - before;
    }

    /** Bytes that steps have allocated so far; handing work to threads does not count. */
    long allocated() {
      return allocated + workers.stream().mapToLong(BenchWorker::allocated).sum();
    }

    /** Loss of the last step's batch. */
    double loss() {
      return workers.stream().mapToDouble(BenchWorker::loss).sum();
    }
  }
}
