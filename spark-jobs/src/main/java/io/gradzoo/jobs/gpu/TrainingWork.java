package io.gradzoo.jobs.gpu;

import io.gradzoo.engine.optimize.OuterOptimizer;
import io.gradzoo.engine.tensor.gpu.Accelerator;
import io.gradzoo.engine.tensor.gpu.GpuDevice;
import io.gradzoo.engine.training.Averaging;
import io.gradzoo.engine.training.Example;
import io.gradzoo.engine.training.OnDivergence;
import io.gradzoo.engine.training.OptimizerState;
import io.gradzoo.engine.training.ShardTrainer;
import io.gradzoo.engine.training.TrainingSettings;
import io.gradzoo.engine.training.TrainingState;
import io.gradzoo.engine.training.Workspace;
import java.util.List;

/** Training steps of a metanetwork: upload, forward, loss, backward, update. */
record TrainingWork(GpuSubject subject) implements GpuWork {
  /** Instructions that run several times in a row make numbers grow without end. */
  private static final Averaging WHATEVER_COMES =
      new Averaging(OptimizerState.AVERAGED, OuterOptimizer.AVERAGE, OnDivergence.SKIP_SHARD);

  @Override
  public String name() {
    return subject.name();
  }

  @Override
  public String unit() {
    return subject.unit();
  }

  @Override
  public GpuSteps on(Accelerator accelerator, int batch) {
    return new TrainingSteps(accelerator, batch);
  }

  private final class TrainingSteps implements GpuSteps {
    private final ShardTrainer trainer;
    private final Workspace workspace;
    private final int batch;
    private TrainingState state;

    TrainingSteps(Accelerator accelerator, int batch) {
      List<Example> examples = subject.examples(batch);
      TrainingSettings settings = CheckedTraining.settings(batch).withAveraging(WHATEVER_COMES);
      this.batch = batch;
      this.trainer = new ShardTrainer(settings, 1, 0, examples);
      this.workspace = subject.workspace(new GpuDevice(accelerator));
      this.state = TrainingState.initial(subject.metanetwork().layout().initialize(1), settings);
    }

    @Override
    public void make(int steps) {
      state = trainer.run(workspace, state, steps).state();
    }

    @Override
    public int units() {
      return batch;
    }
  }
}
