package io.gradzoo.jobs.bench;

import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.metanet.scalegmn.ScaleGmn;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.optimize.AdamW;
import io.gradzoo.engine.optimize.GlobalNormClip;
import io.gradzoo.engine.optimize.WarmupSchedule;
import io.gradzoo.engine.tensor.Tape;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.config.ScaleGmnConfig;
import io.gradzoo.jobs.config.TrainingConfig;
import io.gradzoo.jobs.training.MetanetworkSpecs;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a config's ScaleGMN at full size on random networks shaped like its zoo's: whole training
 * steps (forward, loss, backward, clipping, AdamW), or forward passes.
 */
public final class ScaleGmnBench {
  private final ModelConfig model;
  private final BenchSettings settings;
  private final List<Architecture> architectures;
  private final ScaleGmn.Spec spec;
  private final Kernels kernels = CpuKernels.best();
  private final float[] values;
  private final List<BenchNetwork> networks;

  /**
   * @throws GradzooException exit code 2 if the config has not exactly one ScaleGMN, or no networks
   *     for it
   */
  public ScaleGmnBench(GradzooConfig config, BenchSettings settings) {
    this.model = onlyScaleGmn(config);
    this.settings = settings;
    this.architectures = BenchNetwork.architectures(config, model);
    if (architectures.isEmpty()) {
      throw GradzooException.usage("bench: zoo.architectures has no " + model.members().id());
    }
    List<String> ids = architectures.stream().map(Architecture::id).toList();
    this.spec = (ScaleGmn.Spec) MetanetworkSpecs.of(config, model, ids);
    this.values = spec.build().layout().initialize(config.seed());
    this.networks = BenchNetwork.draw(architectures, settings.batch(), config.seed());
  }

  /** Warms up, measures, and returns what was found. */
  public BenchResult run() {
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
    ScaleGmn metanetwork = new ScaleGmn(spec.config(), spec.graph(), kernels);
    List<BenchWorker> workers = new ArrayList<>();
    int threads = settings.threads();
    for (int i = 0; i < threads; i++) {
      List<BenchNetwork> share =
          networks.subList(
              (int) ((long) i * networks.size() / threads),
              (int) ((long) (i + 1) * networks.size() / threads));
      workers.add(new BenchWorker(metanetwork, values, share, settings.batch(), mode()));
    }
    return workers;
  }

  /** Operations of products for one network, counted over one group of each architecture. */
  private double operations() {
    ProductCounter counter = new ProductCounter();
    ScaleGmn counted = new ScaleGmn(spec.config(), spec.graph(), counter.counting(kernels));
    int most = architectures.stream().mapToInt(counted::groupSize).max().orElseThrow();
    List<BenchNetwork> sample =
        networks.subList(0, Math.min(networks.size(), most * architectures.size()));
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

  private static ModelConfig onlyScaleGmn(GradzooConfig config) {
    List<ModelConfig> found =
        config.models().values().stream()
            .filter(model -> model.network() instanceof ScaleGmnConfig)
            .toList();
    if (found.size() != 1) {
      throw GradzooException.usage(
          "bench: models: expected one scalegmn, found "
              + found.stream().map(ModelConfig::name).toList()
              + " (fix: --preset)");
    }
    return found.get(0);
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
      TrainingConfig training = model.training();
      this.crew = crew;
      this.workers = workers;
      this.optimizer = new AdamW(values.length, training.weightDecay());
      this.clip = new GlobalNormClip(training.clipNorm());
      this.schedule = new WarmupSchedule(training.learningRate(), training.warmupSteps());
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
