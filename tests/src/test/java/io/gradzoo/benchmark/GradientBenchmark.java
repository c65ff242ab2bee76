package io.gradzoo.benchmark;

import io.gradzoo.engine.gradient.ConvolutionForm;
import io.gradzoo.engine.gradient.GradientExtraction;
import io.gradzoo.engine.gradient.SampleGradients;
import io.gradzoo.engine.gradient.Signal;
import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.Loss;
import io.gradzoo.engine.network.Targets;
import io.gradzoo.jobs.bench.GradientWorkload;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Sample gradients of one random network, one set after the other into the same arrays, beside the
 * speed of a dense product measured in turns on the same thread; both in CPU time.
 *
 * <p>Arguments: workload, seconds, and {@code profile} for a table of where the time goes, or
 * {@code kernels} for one of kernel calls with flops, bytes and time.
 */
public final class GradientBenchmark {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int SAMPLES = 64;

  private final LayeredArchitecture architecture;
  private final float[] parameters;
  private final float[] probe;
  private final Signal signal;

  private GradientBenchmark(GradientWorkload workload) {
    this.architecture = workload.architecture();
    SplittableRandom random = new SplittableRandom(1);
    this.parameters = new float[architecture.parameterCount()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (0.2 * random.nextGaussian());
    }
    this.probe = new float[SAMPLES * architecture.input().size()];
    for (int i = 0; i < probe.length; i++) {
      probe[i] = (float) random.nextDouble(-1, 1);
    }
    int[] labels = random.ints(SAMPLES, 0, architecture.outputs()).toArray();
    this.signal = new Signal.Label(Loss.SOFTMAX_CROSS_ENTROPY, new Targets.Labels(labels));
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    GradientWorkload workload = GradientWorkload.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 5;
    String table = arguments.length > 2 ? arguments[2] : "";
    GradientBenchmark benchmark = new GradientBenchmark(workload);
    Thread.currentThread().setName("step-0");
    benchmark.measure(seconds / 2);
    try (OperationProfile sampled = table.equals("profile") ? OperationProfile.start() : null) {
      System.out.println(benchmark.measure(seconds));
      if (sampled != null) {
        sampled.print();
      }
    }
    if (table.equals("kernels")) {
      benchmark.printKernels();
    }
  }

  private String measure(double seconds) {
    Sets sets = new Sets(CpuKernels.best());
    DenseProduct product = new DenseProduct();
    double products = 0;
    int rounds = 0;
    long taken = 0;
    long cpu = 0;
    double best = 0;
    long from = System.nanoTime();
    while (System.nanoTime() - from < seconds * 1e9) {
      products += product.gflops(0.02);
      rounds++;
      long before = THREADS.getCurrentThreadCpuTime();
      sets.take(20);
      long spent = THREADS.getCurrentThreadCpuTime() - before;
      best = Math.max(best, 20e9 * SAMPLES / spent);
      cpu += spent;
      taken += 20;
    }
    double rate = 1e9 * SAMPLES * taken / cpu;
    double peak = products / rounds;
    long flops = flopsPerSet();
    return String.format(
        Locale.ROOT,
        "{\"samples_per_cpu_second\": %.0f, \"best\": %.0f, \"mflop_per_sample\": %.4f,"
            + " \"product_gflops\": %.1f, \"fraction_of_product\": %.3f}",
        rate,
        best,
        flops / 1e6 / SAMPLES,
        peak,
        rate * flops / 1e9 / SAMPLES / peak);
  }

  private long flopsPerSet() {
    CountedKernels counted = new CountedKernels(CpuKernels.best());
    new Sets(counted.kernels()).take(1);
    return counted.flops();
  }

  /** Times every kernel call of some sets; what lies between the calls is not in the table. */
  private void printKernels() {
    CountedKernels counted = new CountedKernels(CpuKernels.best());
    Sets sets = new Sets(counted.kernels());
    sets.take(50);
    counted.clear();
    sets.take(50);
    counted.print(50 * SAMPLES);
  }

  /** A workspace and its arrays. */
  private final class Sets {
    private final GradientExtraction extraction;
    private final SampleGradients gradients;

    Sets(Kernels kernels) {
      this.extraction = new GradientExtraction(architecture, ConvolutionForm.GRADIENTS, kernels);
      this.gradients = extraction.allocate(SAMPLES);
    }

    void take(int count) {
      for (int i = 0; i < count; i++) {
        extraction.extract(parameters, 0, probe, signal, gradients);
      }
    }
  }
}
