package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;
import java.util.List;

/** One step of a tape: a function of its inputs and its adjoint. */
abstract class Operation {
  final Kernels kernels;
  final List<Tensor> inputs;
  final Tensor output;

  private final boolean[] fresh;

  Operation(Kernels kernels, Tensor output, Tensor... inputs) {
    this.kernels = kernels;
    this.output = output;
    this.inputs = List.of(inputs);
    this.fresh = new boolean[inputs.length];
  }

  /** Computes the output of the first {@code models} models. */
  abstract void forward(int models);

  /**
   * Adds the output's gradient, carried through this operation, to the gradients of inputs and
   * parameters; sets those of {@link #fresh} inputs.
   */
  abstract void adjoint(int models);

  /**
   * Whether the adjoint can set the whole gradient of an input, so that it need not be cleared
   * before.
   */
  boolean sets(int input) {
    return false;
  }

  /**
   * Whether the first input's gradient may be set in the memory of the output's, which nothing
   * reads after this adjoint.
   */
  boolean inPlace() {
    return false;
  }

  /**
   * Whether the output may be computed in the memory of the first input, whose values this
   * operation's adjoint does not read.
   */
  boolean forwardInPlace() {
    return false;
  }

  /** Whether the adjoint reads the output's values. */
  boolean readsOutput() {
    return true;
  }

  /** Whether the gradient of an input holds nothing yet and this adjoint is to set it. */
  final boolean fresh(int input) {
    return fresh[input];
  }

  final void markFresh(int input) {
    fresh[input] = true;
  }

  /** Count of numbers in the output of so many models. */
  final int count(int models) {
    return models * output.rows() * output.width();
  }
}
