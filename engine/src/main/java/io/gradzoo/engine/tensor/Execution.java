package io.gradzoo.engine.tensor;

import java.util.Arrays;
import java.util.List;

/** The sealed form of a {@link Tape}: its operations in order, forward and backward. */
final class Execution {
  private final Operation[] operations;
  private final List<Composition> compositions;
  private final List<Tensor> differentiable;
  private final float[][][] toClear;
  private final int[][] clearSizes;
  private int models;

  /**
   * @param operations in order
   * @param compositions maps that the operations use, brought up to date before a pass
   * @param differentiable inputs whose gradients a backward sweep sets
   * @param toClear for each operation the storages whose gradients must be zero before its adjoint;
   *     null for one without adjoint
   */
  Execution(
      List<Operation> operations,
      List<Composition> compositions,
      List<Tensor> differentiable,
      List<List<Storage>> toClear) {
    this.operations = operations.toArray(Operation[]::new);
    this.compositions = compositions;
    this.differentiable = differentiable;
    this.toClear = new float[this.operations.length][][];
    this.clearSizes = new int[this.operations.length][];
    for (int i = 0; i < toClear.size(); i++) {
      if (toClear.get(i) != null) {
        this.toClear[i] =
            toClear.get(i).stream().map(storage -> storage.gradients).toArray(float[][]::new);
        this.clearSizes[i] = toClear.get(i).stream().mapToInt(Storage::sizePerModel).toArray();
      }
    }
  }

  /** Computes all outputs for the first {@code count} models of the inputs. */
  void forward(int count) {
    models = count;
    for (int i = 0; i < compositions.size(); i++) {
      compositions.get(i).refresh();
    }
    for (Operation operation : operations) {
      operation.forward(count);
    }
  }

  /** Carries the outputs' gradients back to parameters and differentiable inputs. */
  void backward() {
    for (int i = 0; i < differentiable.size(); i++) {
      Arrays.fill(differentiable.get(i).gradients(), 0f);
    }
    for (int i = operations.length - 1; i >= 0; i--) {
      if (toClear[i] != null) {
        for (int j = 0; j < toClear[i].length; j++) {
          Arrays.fill(toClear[i][j], 0, models * clearSizes[i][j], 0f);
        }
        operations[i].adjoint(models);
      }
    }
    for (int i = 0; i < compositions.size(); i++) {
      compositions.get(i).adjoint();
    }
  }
}
