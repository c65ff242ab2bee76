package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Execution;
import java.util.Arrays;
import java.util.List;

/** The operations of a computation in stages, forward and backward. */
final class CpuExecution implements Execution {
  private final Pass pass;
  private final List<SharedInput> sharedInputs;
  private final List<Stage> stages;
  private final List<Composition> compositions;
  private final List<Memory> differentiable;

  /**
   * @param pass where operations read what differs from pass to pass
   * @param sharedInputs brought up to date before a pass
   * @param stages in order
   * @param compositions maps that the operations use, brought up to date before a pass
   * @param differentiable whose gradients a backward sweep sets
   */
  CpuExecution(
      Pass pass,
      List<SharedInput> sharedInputs,
      List<Stage> stages,
      List<Composition> compositions,
      List<Memory> differentiable) {
    this.pass = pass;
    this.sharedInputs = sharedInputs;
    this.stages = stages;
    this.compositions = compositions;
    this.differentiable = differentiable;
  }

  @Override
  public void forward(int models, long dropoutSeed) {
    pass.models = models;
    pass.dropoutSeed = dropoutSeed;
    for (int i = 0; i < sharedInputs.size(); i++) {
      sharedInputs.get(i).refresh(models);
    }
    for (int i = 0; i < compositions.size(); i++) {
      compositions.get(i).refresh();
    }
    for (int i = 0; i < stages.size(); i++) {
      stages.get(i).forward(models);
    }
  }

  @Override
  public void backward() {
    for (int i = 0; i < differentiable.size(); i++) {
      Arrays.fill(differentiable.get(i).gradients, 0f);
    }
    for (int i = stages.size() - 1; i >= 0; i--) {
      stages.get(i).adjoint(pass.models);
    }
    for (int i = 0; i < compositions.size(); i++) {
      compositions.get(i).adjoint();
    }
  }
}
