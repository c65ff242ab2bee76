package io.gradzoo.benchmark;

import com.sun.management.ThreadMXBean;
import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.metanet.Metanetwork;
import io.gradzoo.engine.optimize.LearningRateSchedule.Decay;
import io.gradzoo.engine.optimize.OptimizerKind;
import io.gradzoo.engine.tensor.Device;
import io.gradzoo.engine.tensor.cpu.CpuDevice;
import io.gradzoo.engine.training.ElementwiseObjective;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.ShardTrainer;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.engine.training.Workspace;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Training steps (forward, loss, backward, clip, AdamW) at full size, beside the speed of a dense
 * product measured in the same run on the same threads. Times are CPU times of the threads: a
 * machine that others use gives them too.
 *
 * <p>Arguments: workload, threads, seconds, and {@code profile} for a table of the operations that
 * the time goes to, or {@code kernels} for one of kernel calls with flops, bytes and time.
 */
public final class StepBenchmark {
  private static final ElementwiseObjective SHARE = new ElementwiseObjective.Share();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Workload workload;
  private final double seconds;
  private final int stepsOfRound;

  private StepBenchmark(String name, double seconds) {
    this.workload = Workload.named(name);
    this.seconds = seconds;
    this.stepsOfRound = 4;
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    String name = arguments[0];
    int threads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
    double seconds = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 10;
    StepBenchmark benchmark = new StepBenchmark(name, seconds);
    String table = arguments.length > 3 ? arguments[3] : "";
    benchmark.run(name, threads, table.equals("profile"));
    if (table.equals("kernels")) {
      benchmark.printKernels();
    }
  }

  private void run(String name, int threads, boolean profile) throws Exception {
    double flops = flopsPerExample();
    AtomicInteger number = new AtomicInteger();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, task -> new Thread(task, "step-" + number.getAndIncrement()));
    try (OperationProfile sampled = profile ? OperationProfile.start() : null) {
      onEach(pool, threads, () -> measure(seconds / 2));
      if (sampled != null) {
        sampled.begin();
      }
      List<Run> runs = onEach(pool, threads, () -> measure(seconds));
      if (sampled != null) {
        sampled.print();
      }
      print(name, threads, flops, runs);
    } finally {
      pool.shutdown();
    }
  }

  private static List<Run> onEach(
      ExecutorService pool, int threads, java.util.concurrent.Callable<Run> task)
      throws InterruptedException, ExecutionException {
    List<Future<Run>> futures = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      futures.add(pool.submit(task));
    }
    List<Run> runs = new ArrayList<>();
    for (Future<Run> future : futures) {
      runs.add(future.get());
    }
    return runs;
  }

  private static void print(String name, int threads, double flops, List<Run> runs) {
    double examples = runs.stream().mapToDouble(r -> r.examples / r.cpuSeconds).sum();
    double wall = runs.stream().mapToDouble(r -> r.examples / r.wallSeconds).sum();
    double peak = runs.stream().mapToDouble(r -> r.peak).sum();
    double gflops = examples * flops / 1e9;
    long bytes = runs.stream().mapToLong(r -> r.bytesPerStep).max().orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "{\"workload\": \"%s\", \"threads\": %d, \"networks_per_cpu_second\": %.1f,"
            + " \"networks_per_second\": %.1f, \"gflop_per_network\": %.4f, \"gflops\": %.1f,"
            + " \"sgemm_peak_gflops\": %.1f, \"fraction_of_peak\": %.3f,"
            + " \"allocated_bytes_per_step\": %d}%n",
        name,
        threads,
        examples,
        wall,
        flops / 1e9,
        gflops,
        peak,
        gflops / peak,
        bytes);
  }

  /**
   * @param examples passed through training steps
   * @param peak 10⁹ operations per second of CPU time in a dense product alone, measured in turns
   *     with the steps
   */
  private record Run(
      long examples, double cpuSeconds, double wallSeconds, double peak, long bytesPerStep) {}

  private Run measure(double runSeconds) {
    Metanetwork metanetwork = workload.metanetwork();
    Workspace workspace = new Workspace(metanetwork);
    List<Example> examples = workload.examples(workload.batch());
    ShardTrainer trainer = new ShardTrainer(settings(), 0, 0, examples);
    TrainingState state = TrainingState.initial(metanetwork.layout().initialize(1), settings());
    trainer.run(workspace, state, 1);
    DenseProduct product = new DenseProduct();
    product.gflops(0.2);
    double peak = 0;
    int rounds = 0;
    long seen = 0;
    long cpu = 0;
    long bytes = Long.MAX_VALUE;
    long from = System.nanoTime();
    long wall = 0;
    while (System.nanoTime() - from < runSeconds * 1e9) {
      peak += product.gflops(0.02);
      rounds++;
      long wallBefore = System.nanoTime();
      long before = THREADS.getCurrentThreadCpuTime();
      state = trainer.run(workspace, state, stepsOfRound).state();
      cpu += THREADS.getCurrentThreadCpuTime() - before;
      wall += System.nanoTime() - wallBefore;
      seen += (long) stepsOfRound * examples.size();
      bytes = Math.min(bytes, bytesPerStep(trainer, workspace, state));
    }
    return new Run(seen, cpu / 1e9, wall / 1e9, peak / rounds, bytes);
  }

  /** What one step more of a round allocates. */
  private static long bytesPerStep(ShardTrainer trainer, Workspace workspace, TrainingState state) {
    long start = THREADS.getCurrentThreadAllocatedBytes();
    trainer.run(workspace, state, 1);
    long one = THREADS.getCurrentThreadAllocatedBytes();
    trainer.run(workspace, state, 2);
    long two = THREADS.getCurrentThreadAllocatedBytes();
    return two - one - (one - start);
  }

  private TrainingSettings settings() {
    return new TrainingSettings(
        1,
        1,
        stepsOfRound,
        workload.batch(),
        OptimizerKind.ADAMW,
        1e-3,
        Decay.CONSTANT,
        1000,
        0.01,
        10,
        1);
  }

  private double flopsPerExample() {
    CountedKernels counted = new CountedKernels(CpuKernels.best());
    run(counted, 1);
    return (double) counted.flops() / workload.batch();
  }

  /** Times every kernel call of some steps; what lies between the calls is not in the table. */
  private void printKernels() {
    CountedKernels counted = new CountedKernels(CpuKernels.best());
    run(counted, 20);
    counted.clear();
    run(counted, 10);
    counted.print(10 * workload.batch());
  }

  private void run(CountedKernels counted, int steps) {
    Metanetwork metanetwork = workload.metanetwork();
    Device device = new CpuDevice(counted.kernels());
    ShardTrainer trainer = new ShardTrainer(settings(), 0, 0, workload.examples(workload.batch()));
    trainer.run(
        new Workspace(metanetwork, SHARE, SHARE, device),
        TrainingState.initial(metanetwork.layout().initialize(1), settings()),
        steps);
  }
}
