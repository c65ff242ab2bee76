package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Operation;

/**
 * A step of a tape that can be taken for some rows at a time, all models' rows counted on. Ranges
 * begin and end with whole lines.
 */
abstract class CpuRowOperation extends CpuOperation {
  CpuRowOperation(Operation of, CpuContext context) {
    super(of, context);
  }

  /** Rows of a model that this operation runs over. */
  int height() {
    return output.rows();
  }

  /** Rows that cannot be taken apart. */
  int line() {
    return 1;
  }

  /** Whether a range of rows reads only the same rows of an input. */
  boolean readsRows(int input) {
    return true;
  }

  /** Whether a range of rows writes the same rows of the output, and nothing else. */
  boolean writesRows() {
    return true;
  }

  /** Whether computing the output again costs less than storing and loading it. */
  boolean cheap() {
    return false;
  }

  /** Memory for what {@link #recomputeRows} leaves for the adjoint, or null. */
  Memory workspace() {
    return null;
  }

  /** Computes {@code rows} rows of the output, from row {@code from}. */
  abstract void forwardRows(int from, int rows);

  /** As {@link #forwardRows}, and fills the {@link #workspace}, which is kept for the adjoint. */
  void forwardRowsForAdjoint(int from, int rows) {
    forwardRows(from, rows);
  }

  /**
   * As {@link #forwardRows}, before the adjoint of the same rows, where the output was not kept.
   */
  void recomputeRows(int from, int rows) {
    forwardRows(from, rows);
  }

  /** The part of {@link #adjoint} that some rows have in it. */
  abstract void adjointRows(int from, int rows);

  @Override
  final void forward(int models) {
    forwardRows(0, models * height());
  }

  @Override
  final void adjoint(int models) {
    adjointRows(0, models * height());
  }
}
