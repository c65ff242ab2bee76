package io.gradzoo.jobs.training;

import io.gradzoo.engine.network.Architecture;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.ShardTrainer;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.engine.training.Workspace;
import io.gradzoo.jobs.config.GradzooConfig;
import io.gradzoo.jobs.config.ModelConfig;
import io.gradzoo.jobs.example.MadeUpExamples;
import io.gradzoo.jobs.inference.Predictor;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/**
 * Training steps of a model's own program on made-up examples, in a thread of its own while Spark
 * starts and plans: by the first round C2 has compiled the kernels, which interpreted take ten
 * times as long. It ends by itself after a few seconds of processor time, and when the first round
 * begins.
 */
final class WarmUp {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Processor time at most: by then C2 has compiled the kernels. */
  private static final long MOST_NANOS = 4_000_000_000L;

  private static final int STEPS = 4;

  private volatile boolean ended;

  /** Begins, if the config has such a model and names its target networks. */
  void start(GradzooConfig config, String model) {
    Thread thread = new Thread(() -> tryIt(config, model), "warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends it, if it runs. */
  void end() {
    ended = true;
  }

  @SuppressWarnings("CatchingUnchecked") // whatever is wrong, the training itself will say it
  private void tryIt(GradzooConfig config, String model) {
    try {
      ModelConfig chosen = config.requireModel(model);
      if (!config.device().choice().mayBeCpu()) {
        return;
      }
      List<Architecture> architectures = MadeUpExamples.architectures(config, chosen);
      if (!architectures.isEmpty() && !chosen.task().usesImages()) {
        run(chosen, architectures);
      }
    } catch (RuntimeException e) {
      ended = true;
    }
  }

  private void run(ModelConfig model, List<Architecture> architectures) {
    Workspace workspace =
        Predictor.of(
                MadeUpExamples.task(model, architectures),
                model.outputUnit(),
                model.spec(architectures),
                MadeUpExamples.statistics(model))
            .workspace();
    List<Example> examples =
        MadeUpExamples.of(
            model, architectures, model.training().batchSize() * architectures.size(), 0);
    ShardTrainer trainer = new ShardTrainer(model.training(), 0, 0, examples);
    float[] parameters = model.spec(architectures).build().layout().initialize(0);
    TrainingState state = TrainingState.initial(parameters, model.training());
    while (!ended && THREADS.getCurrentThreadCpuTime() < MOST_NANOS) {
      trainer.run(workspace, state, STEPS);
      workspace.predictAll(examples);
    }
  }
}
