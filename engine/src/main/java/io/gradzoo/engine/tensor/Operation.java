package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;
import java.util.List;

/** One step of a tape: a function of its inputs and its adjoint. */
abstract class Operation {
  final Kernels kernels;
  final List<Tensor> inputs;
  final Tensor output;

  Operation(Kernels kernels, Tensor output, Tensor... inputs) {
    this.kernels = kernels;
    this.output = output;
    this.inputs = List.of(inputs);
  }

  /** Computes the output of the first {@code models} models. */
  abstract void forward(int models);

  /**
   * Adds the output's gradient, carried through this operation, to the gradients of inputs and
   * parameters.
   */
  abstract void adjoint(int models);

  /** Count of numbers in the output of so many models. */
  final int count(int models) {
    return models * output.rows() * output.width();
  }
}
