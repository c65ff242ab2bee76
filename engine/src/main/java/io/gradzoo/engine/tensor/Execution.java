package io.gradzoo.engine.tensor;

import java.util.Arrays;
import java.util.List;

/** The sealed form of a {@link Tape}: its operations in stages, forward and backward. */
final class Execution {
  private final List<Stage> stages;
  private final List<Composition> compositions;
  private final List<Tensor> differentiable;
  private int models;

  /**
   * @param stages in order
   * @param compositions maps that the operations use, brought up to date before a pass
   * @param differentiable inputs whose gradients a backward sweep sets
   */
  Execution(List<Stage> stages, List<Composition> compositions, List<Tensor> differentiable) {
    this.stages = stages;
    this.compositions = compositions;
    this.differentiable = differentiable;
  }

  /** Computes all outputs for the first {@code count} models of the inputs. */
  void forward(int count) {
    models = count;
    for (int i = 0; i < compositions.size(); i++) {
      compositions.get(i).refresh();
    }
    for (int i = 0; i < stages.size(); i++) {
      stages.get(i).forward(count);
    }
  }

  /** Carries the outputs' gradients back to parameters and differentiable inputs. */
  void backward() {
    for (int i = 0; i < differentiable.size(); i++) {
      Arrays.fill(differentiable.get(i).gradients(), 0f);
    }
    for (int i = stages.size() - 1; i >= 0; i--) {
      stages.get(i).adjoint(models);
    }
    for (int i = 0; i < compositions.size(); i++) {
      compositions.get(i).adjoint();
    }
  }
}
