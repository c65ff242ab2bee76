package io.gradzoo.jobs.bench;

import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.network.Initializer;
import io.gradzoo.engine.network.LayeredArchitecture;
import io.gradzoo.engine.network.PointFitting;
import io.gradzoo.engine.network.Recipe;
import io.gradzoo.engine.network.Samples;
import io.gradzoo.engine.network.TargetTraining;
import io.gradzoo.engine.network.TrainableLayers;
import io.gradzoo.engine.optimize.OptimizerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trains members of a zoo on made-up images, one after the other on every thread, as {@code zoo
 * generate} does: Adam with an L2 penalty, without dropout and evaluations.
 */
public final class ZooBench {
  private static final int STEPS = 8;
  private static final long SEED = 1;

  private final ZooWorkload workload;
  private final LayeredArchitecture architecture;
  private final BenchSettings settings;
  private final Kernels kernels = CpuKernels.best();
  private final Recipe recipe;
  private final float[] inputs;
  private final Samples images;
  private final float[] values;

  /**
   * @param settings where a batch is the samples of a step
   */
  public ZooBench(ZooWorkload workload, BenchSettings settings) {
    this.workload = workload;
    this.architecture = workload.architecture();
    this.settings = settings;
    boolean fits = workload == ZooWorkload.SIREN;
    this.recipe =
        new Recipe(
            OptimizerKind.ADAM,
            fits ? 5e-4 : 1e-3,
            fits ? 0 : 1e-5,
            0,
            1,
            settings.batch(),
            fits ? STEPS : 1,
            fits ? Initializer.SIREN : Initializer.GLOROT_NORMAL,
            0,
            SEED);
    SplittableRandom random = new SplittableRandom(SEED);
    int samples = fits ? settings.batch() : STEPS * settings.batch();
    this.inputs = new float[samples * architecture.input().size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextDouble(-1, 1);
    }
    this.values = new float[settings.batch() * architecture.outputs()];
    int[] labels = random.ints(samples, 0, architecture.outputs()).toArray();
    this.images = new Samples(architecture.input(), architecture.outputs(), inputs, labels);
  }

  /** Warms up, measures, and returns what was found. */
  public ZooBenchResult run() {
    try (ThreadPool pool = new ThreadPool(settings.threads())) {
      SgemmPeak peak = new SgemmPeak(kernels, pool);
      List<Runnable> workers = pool.all(number -> member(kernels));
      pool.all(number -> train(workers.get(number), settings.seconds()));
      List<TrainedMembers> shares = new ArrayList<>();
      double elapsed = 0;
      while (elapsed < settings.seconds()) {
        peak.turn();
        double left = Math.min(SgemmPeak.INTERVAL, settings.seconds() - elapsed);
        List<TrainedMembers> round = pool.all(number -> train(workers.get(number), left));
        elapsed += round.stream().mapToDouble(TrainedMembers::seconds).max().orElseThrow();
        shares.addAll(round);
      }
      long members = shares.stream().mapToLong(TrainedMembers::members).sum();
      return new ZooBenchResult(
          workload,
          kernels.name(),
          members * imagesOfAMember(),
          elapsed,
          operations() / 1e9,
          peak.gflops());
    }
  }

  /** How many images a network sees in a piece of work; a SIREN sees one at every step. */
  private long imagesOfAMember() {
    return workload == ZooWorkload.SIREN ? STEPS : images.size();
  }

  /** Operations of products for one image, counted. */
  private double operations() {
    ProductCounter counter = new ProductCounter();
    member(counter.counting(kernels)).run();
    long passes = workload == ZooWorkload.SIREN ? STEPS + 1 : images.size();
    return (double) counter.operations() / passes;
  }

  /** Trains one network for some steps. */
  private Runnable member(Kernels on) {
    if (workload == ZooWorkload.SIREN) {
      PointFitting fitting = new PointFitting(architecture, on);
      return () -> fitting.fit(recipe, inputs, values);
    }
    TargetTraining training = new TargetTraining(new TrainableLayers(architecture, on));
    return () -> training.train(recipe, images, images);
  }

  /** What one thread did. */
  private record TrainedMembers(long members, double seconds) {}

  private static TrainedMembers train(Runnable member, double seconds) {
    long start = System.nanoTime();
    long members = 0;
    double elapsed;
    do {
      member.run();
      members++;
      elapsed = (System.nanoTime() - start) * 1e-9;
    } while (elapsed < seconds);
    return new TrainedMembers(members, elapsed);
  }
}
