package io.gradzoo.jobs.bench;

import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.SampleGradients;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Takes sample gradients of random networks, one gradient set after the other on every thread, into
 * the same arrays; moments and tables are not part of it.
 */
public final class GradientBench {
  private static final int NETWORKS = 16;
  private static final long SEED = 1;

  private final LayeredArchitecture architecture;
  private final BenchSettings settings;
  private final Kernels kernels = CpuKernels.best();
  private final List<BenchExample> networks;
  private final float[] probe;
  private final Signal signal;

  /**
   * @param settings where a batch is the samples of a gradient set
   */
  public GradientBench(GradientWorkload workload, BenchSettings settings) {
    this.architecture = workload.architecture();
    this.settings = settings;
    this.networks = BenchExample.networks(List.of(architecture), NETWORKS, SEED);
    SplittableRandom random = new SplittableRandom(SEED);
    this.probe = new float[settings.batch() * architecture.input().size()];
    for (int i = 0; i < probe.length; i++) {
      probe[i] = (float) random.nextDouble(-1, 1);
    }
    int[] labels = random.ints(settings.batch(), 0, architecture.outputs()).toArray();
    this.signal = new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, new Targets.Labels(labels));
  }

  /** Warms up, measures, and returns what was found. */
  public GradientBenchResult run() {
    try (ThreadPool pool = new ThreadPool(settings.threads())) {
      SgemmPeak peak = new SgemmPeak(kernels, pool);
      List<Worker> workers = pool.all(number -> new Worker(kernels));
      pool.all(number -> workers.get(number).take(settings.seconds()));
      List<ThreadWork> shares = new ArrayList<>();
      double elapsed = 0;
      while (elapsed < settings.seconds()) {
        peak.turn();
        double left = Math.min(SgemmPeak.INTERVAL, settings.seconds() - elapsed);
        List<ThreadWork> round = pool.all(number -> workers.get(number).take(left));
        elapsed += round.stream().mapToDouble(ThreadWork::seconds).max().orElseThrow();
        shares.addAll(round);
      }
      return new GradientBenchResult(
          kernels.name(),
          architecture.id(),
          shares.stream().mapToLong(ThreadWork::sets).sum(),
          elapsed,
          shares.stream().mapToDouble(ThreadWork::cpuSeconds).sum(),
          operations() / 1e9,
          peak.gflops(),
          shares.stream().mapToLong(ThreadWork::allocated).sum());
    }
  }

  /** Operations of products for one sample, counted over one set. */
  private double operations() {
    ProductCounter counter = new ProductCounter();
    new Worker(counter.counting(kernels)).set(0);
    return (double) counter.operations() / settings.batch();
  }

  /** What one thread did. */
  private record ThreadWork(long sets, double seconds, double cpuSeconds, long allocated) {}

  /** One thread's workspace and arrays. */
  private final class Worker {
    private final GradientExtraction extraction;
    private final SampleGradients gradients;

    Worker(Kernels kernels) {
      this.extraction = new GradientExtraction(architecture, ConvolutionForm.GRADIENTS, kernels);
      this.gradients = extraction.allocate(settings.batch());
    }

    /** Takes sets for so long, at least one. */
    ThreadWork take(double seconds) {
      long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      long allocated = Allocation.ofThisThread();
      long start = System.nanoTime();
      long sets = 0;
      double elapsed;
      do {
        set(sets++);
        elapsed = (System.nanoTime() - start) * 1e-9;
      } while (elapsed < seconds);
      allocated = Allocation.ofThisThread() - allocated;
      cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
      return new ThreadWork(sets, elapsed, cpu * 1e-9, allocated);
    }

    void set(long number) {
      float[] parameters = networks.get((int) (number % NETWORKS)).input();
      extraction.extract(parameters, 0, probe, signal, gradients);
    }
  }
}
