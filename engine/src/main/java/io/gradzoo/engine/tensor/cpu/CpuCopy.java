package io.gradzoo.engine.tensor.cpu;

import io.gradzoo.engine.tensor.Concatenation;
import io.gradzoo.engine.tensor.Grid;
import io.gradzoo.engine.tensor.GridTranspose;
import io.gradzoo.engine.tensor.Operation;
import io.gradzoo.engine.tensor.RowSelection;
import io.gradzoo.engine.tensor.RowSlice;
import io.gradzoo.engine.tensor.Stack;
import io.gradzoo.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Operations whose result is made of pieces of their inputs, unchanged but elsewhere: {@link
 * Concatenation}, {@link GridTranspose}, {@link RowSelection}, {@link RowSlice} and {@link Stack}.
 */
final class CpuCopy extends CpuOperation {
  /** Pieces of an input, equally long, by where they begin in one model of it and of the result. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Pieces(int length, int[] from, int[] to) {
    static Pieces of(int count, int length, IntUnaryOperator from, IntUnaryOperator to) {
      return new Pieces(
          length,
          IntStream.range(0, count).map(from).toArray(),
          IntStream.range(0, count).map(to).toArray());
    }
  }

  private final List<Pieces> pieces;

  private CpuCopy(Operation of, CpuContext context, List<Pieces> pieces) {
    super(of, context);
    this.pieces = pieces;
  }

  /** A piece for each row of each input. */
  static CpuCopy concatenation(Concatenation of, CpuContext context) {
    int width = of.output().width();
    List<Pieces> pieces = new ArrayList<>();
    int column = 0;
    for (Tensor x : of.inputs()) {
      int at = column;
      int in = x.width();
      pieces.add(Pieces.of(x.rows(), in, row -> row * in, row -> row * width + at));
      column += in;
    }
    return new CpuCopy(of, context, pieces);
  }

  /** A piece for each row. */
  static CpuCopy gridTranspose(GridTranspose of, CpuContext context) {
    Grid grid = of.grid();
    int width = grid.width();
    IntUnaryOperator transposed =
        row -> (row % grid.second() * grid.first() + row / grid.second()) * width;
    return new CpuCopy(
        of, context, List.of(Pieces.of(grid.rows(), width, row -> row * width, transposed)));
  }

  /** A piece for each row that is chosen. */
  static CpuCopy rowSelection(RowSelection of, CpuContext context) {
    int width = of.output().width();
    List<Integer> chosen = of.chosen();
    IntUnaryOperator from = row -> chosen.get(row) * width;
    return new CpuCopy(
        of, context, List.of(Pieces.of(chosen.size(), width, from, row -> row * width)));
  }

  /** One piece. */
  static CpuCopy rowSlice(RowSlice of, CpuContext context) {
    int width = of.output().width();
    int length = of.output().rows() * width;
    return new CpuCopy(
        of, context, List.of(Pieces.of(1, length, piece -> of.from() * width, piece -> 0)));
  }

  /** A piece for each line of each input. */
  static CpuCopy stack(Stack of, CpuContext context) {
    int all = of.output().rows() / of.lines() * of.output().width();
    List<Pieces> pieces = new ArrayList<>();
    int before = 0;
    for (Tensor x : of.inputs()) {
      int at = before;
      int length = x.rows() / of.lines() * x.width();
      pieces.add(Pieces.of(of.lines(), length, line -> line * length, line -> line * all + at));
      before += length;
    }
    return new CpuCopy(of, context, pieces);
  }

  @Override
  boolean readsOutput() {
    return false;
  }

  @Override
  void forward(int models) {
    for (int i = 0; i < pieces.size(); i++) {
      Operand x = inputs.get(i);
      Pieces of = pieces.get(i);
      for (int m = 0; m < models; m++) {
        int xo = m * x.rows() * x.width();
        int yo = count(m);
        for (int k = 0; k < of.from.length; k++) {
          System.arraycopy(x.values(), xo + of.from[k], output.values(), yo + of.to[k], of.length);
        }
      }
    }
  }

  @Override
  void adjoint(int models) {
    for (int i = 0; i < pieces.size(); i++) {
      if (inputs.get(i).needsGradient()) {
        carry(inputs.get(i), pieces.get(i), models);
      }
    }
  }

  private void carry(Operand x, Pieces of, int models) {
    for (int m = 0; m < models; m++) {
      int xo = m * x.rows() * x.width();
      int yo = count(m);
      for (int k = 0; k < of.from.length; k++) {
        kernels.add(output.gradients(), yo + of.to[k], x.gradients(), xo + of.from[k], of.length);
      }
    }
  }
}
