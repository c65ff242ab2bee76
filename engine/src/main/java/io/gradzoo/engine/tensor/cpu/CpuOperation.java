package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.kernel.Kernels;
import io.gradzoo.engine.tensor.Operation;
import java.util.List;

/**
 * How this device runs an {@link Operation}: forward, and its adjoint beside it. Subclasses are
 * named after what they run, and {@link CpuOperations} lists them.
 */
abstract class CpuOperation {
  final Kernels kernels;
  final List<Operand> inputs;
  final Operand output;

  private final boolean[] fresh;

  CpuOperation(Operation of, CpuContext context) {
    this.kernels = context.kernels();
    this.output = context.operand(of.output());
    this.inputs = of.inputs().stream().map(context::operand).toList();
    this.fresh = new boolean[inputs.size()];
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
