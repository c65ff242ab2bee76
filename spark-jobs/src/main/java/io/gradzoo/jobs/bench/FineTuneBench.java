package io.gradzoo.jobs.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gradzoo.engine.editing.EditedParameters;
import io.gradzoo.engine.fault.Fault;
import io.gradzoo.engine.kernel.CpuKernels;
import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.Workspace;
import io.gradzoo.jobs.GradzooException;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.example.MadeUpExamples;
import io.gradzoo.jobs.inference.Predictor;
import java.util.List;
import java.util.stream.Collectors;

/** How long a core takes to change a network with a model of the config, untrained. */
public final class FineTuneBench {
  private static final int NETWORKS = 64;

  private final ModelConfig model;
  private final List<Architecture> architectures;
  private final List<Example> networks;
  private final BenchSettings settings;
  private final long seed;

  /**
   * @param model that the config has
   * @param threads that work at once, each on networks of its own
   * @param seconds to measure for, after as long to warm up
   * @throws GradzooException exit code 2 if the config has no such model, it changes no networks,
   *     or there are none for it, or for a number out of range
   */
  public FineTuneBench(GradzooConfig config, String model, int threads, double seconds) {
    this.model = config.requireModel(model);
    if (this.model.task().edits().isEmpty()) {
      throw GradzooException.usage(
          Fault.of("bench")
              .at("models." + model)
              .expected("a model that changes networks")
              .found("one that predicts " + this.model.task().title())
              .fix("--preset amortised-digits"));
    }
    this.settings = new BenchSettings(NETWORKS, threads, seconds, BenchSettings.Work.FORWARD);
    this.architectures = MadeUpExamples.architectures(config, this.model);
    if (architectures.isEmpty()) {
      throw GradzooException.usage(
          Fault.of("bench")
              .at("models." + model)
              .expected(this.model.members().name() + " in zoo.architectures")
              .found(config.zoo().architectures()));
    }
    this.seed = config.seed();
    this.networks = MadeUpExamples.of(this.model, architectures, NETWORKS, seed);
  }

  /**
   * Warms up, measures, and returns one line of JSON.
   *
   * @param preset for the record; none if empty
   */
  public String run(String preset) {
    double milliseconds;
    try (ThreadPool pool = new ThreadPool(settings.threads())) {
      List<Workspace> workspaces = pool.all(thread -> workspace());
      pool.all(thread -> repeat(workspaces.get(thread)));
      milliseconds =
          pool.all(thread -> repeat(workspaces.get(thread))).stream()
              .mapToDouble(each -> each)
              .average()
              .orElseThrow();
    }
    ObjectNode line = new ObjectMapper().createObjectNode();
    line.put("bench", "finetune");
    if (!preset.isEmpty()) {
      line.put("preset", preset);
    }
    line.put("model", model.name());
    line.put("threads", settings.threads());
    line.put("milliseconds_per_network_and_core", BenchResult.rounded(milliseconds));
    line.put("networks_per_second", BenchResult.rounded(1000 * settings.threads() / milliseconds));
    line.put("parameters", parameters().length);
    line.put(
        "architectures",
        architectures.stream().map(Architecture::id).collect(Collectors.joining(" ")));
    line.put("kernels", CpuKernels.best().name());
    line.put("java", System.getProperty("java.version"));
    return line.toString();
  }

  private Workspace workspace() {
    Predictor predictor =
        new Predictor(
            model.spec(architectures),
            MadeUpExamples.task(model, architectures)
                .objective(MadeUpExamples.statistics(model), model.outputUnit()),
            new EditedParameters());
    Workspace workspace = predictor.workspace();
    workspace.load(parameters());
    return workspace;
  }

  private float[] parameters() {
    return model.spec(architectures).build().layout().initialize(seed);
  }

  /** Milliseconds that a network takes. */
  private double repeat(Workspace workspace) {
    long begin = System.nanoTime();
    long changed = 0;
    double elapsed;
    do {
      workspace.predictAll(networks);
      changed += networks.size();
      elapsed = (System.nanoTime() - begin) * 1e-9;
    } while (elapsed < settings.seconds());
    return 1000 * elapsed / changed;
  }
}
