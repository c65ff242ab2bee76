package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.Concatenation;
import io.gradzoo.engine.tensor.Grid;
import io.gradzoo.engine.tensor.GridTranspose;
import io.gradzoo.engine.tensor.OwnParameters;
import io.gradzoo.engine.tensor.RowSelection;
import io.gradzoo.engine.tensor.RowSlice;
import io.gradzoo.engine.tensor.Stack;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.gpu.Emission.GradientShare;
import java.util.List;

/** Operations whose result is made of pieces of what they read, unchanged but elsewhere. */
final class CopyKernels {
  private CopyKernels() {}

  static void concatenate(Concatenation of, Emission e) {
    long column = 0;
    for (Tensor x : of.inputs()) {
      columns(of, x, column, e).copy(e.values(x), e.values(of.output()), e);
      column += x.width();
    }
  }

  static void concatenateAdjoint(Concatenation of, Emission e) {
    long column = 0;
    for (Tensor x : of.inputs()) {
      if (x.needsGradient()) {
        columns(of, x, column, e).carry(e.share(x), e.gradient(of.output()), e);
      }
      column += x.width();
    }
  }

  private static CopiedPiece columns(Concatenation of, Tensor x, long column, Emission e) {
    int width = x.width();
    Extent n = Extent.of(1, 1, e.models() * x.rows(), width);
    return new CopiedPiece(
        n, Strided.of(0, 0, 0, width, 1), 0, Strided.of(0, 0, 0, of.output().width(), 1), column);
  }

  static void transpose(GridTranspose of, Emission e) {
    transposed(of, e).copy(e.values(of.x()), e.values(of.output()), e);
  }

  static void transposeAdjoint(GridTranspose of, Emission e) {
    if (of.x().needsGradient()) {
      transposed(of, e).carry(e.share(of.x()), e.gradient(of.output()), e);
    }
  }

  private static CopiedPiece transposed(GridTranspose of, Emission e) {
    Grid grid = of.grid();
    long model = (long) grid.rows() * grid.width();
    long line = (long) grid.first() * grid.width();
    return new CopiedPiece(
        Extent.of(e.models(), grid.first(), grid.second(), grid.width()),
        Strided.of(0, model, grid.slab(), grid.width(), 1),
        0,
        Strided.of(0, model, grid.width(), line, 1),
        0);
  }

  static void take(OwnParameters of, Emission e) {
    owned(of, e).copy(e.parameter(of.of()), e.values(of.output()), e);
  }

  static void takeAdjoint(OwnParameters of, Emission e) {
    GradientShare some = new GradientShare(e.parameterGradient(of.of()), 1);
    owned(of, e).carry(some, e.gradient(of.output()), e);
  }

  private static CopiedPiece owned(OwnParameters of, Emission e) {
    int numbers = of.output().rows() * of.output().width();
    Strided each = Strided.of(0, 0, 0, numbers, 1);
    return new CopiedPiece(Extent.of(1, 1, e.models(), numbers), each, 0, each, 0);
  }

  static void select(RowSelection of, Emission e) {
    long from = e.values(of.x());
    select(of.chosen(), of.x(), from, new GradientShare(e.values(of.output()), 0), e);
  }

  static void selectAdjoint(RowSelection of, Emission e) {
    if (of.x().needsGradient()) {
      select(of.places(), of.output(), e.gradient(of.output()), e.share(of.x()), e);
    }
  }

  /** For each row of y the row of x that is chosen, or zeros. */
  private static void select(
      List<Integer> chosen, Tensor x, long from, GradientShare y, Emission e) {
    int rows = chosen.size();
    int n = new Extent(e.models(), rows, x.width(), 1, 1).places(3);
    long list = e.constants(chosen);
    e.to().launch("selectRows", n, n, rows, x.width(), list, x.rows(), from, y.address(), y.add());
  }

  static void slice(RowSlice of, Emission e) {
    sliced(of, e).copy(e.values(of.x()), e.values(of.output()), e);
  }

  static void sliceAdjoint(RowSlice of, Emission e) {
    if (of.x().needsGradient()) {
      GradientShare some = new GradientShare(e.partOfGradient(of.x()), 1);
      sliced(of, e).carry(some, e.gradient(of.output()), e);
    }
  }

  private static CopiedPiece sliced(RowSlice of, Emission e) {
    int numbers = of.output().rows() * of.output().width();
    return new CopiedPiece(
        Extent.of(1, 1, e.models(), numbers),
        Strided.of(0, 0, 0, (long) of.x().rows() * of.x().width(), 1),
        (long) of.from() * of.x().width(),
        Strided.of(0, 0, 0, numbers, 1),
        0);
  }

  static void stack(Stack of, Emission e) {
    long before = 0;
    for (Tensor x : of.inputs()) {
      CopiedPiece piece = lines(of, x, before, e);
      piece.copy(e.values(x), e.values(of.output()), e);
      before += piece.n.n3();
    }
  }

  static void stackAdjoint(Stack of, Emission e) {
    long before = 0;
    for (Tensor x : of.inputs()) {
      CopiedPiece piece = lines(of, x, before, e);
      if (x.needsGradient()) {
        piece.carry(e.share(x), e.gradient(of.output()), e);
      }
      before += piece.n.n3();
    }
  }

  private static CopiedPiece lines(Stack of, Tensor x, long before, Emission e) {
    int length = x.rows() / of.lines() * x.width();
    long all = (long) of.output().rows() / of.lines() * of.output().width();
    Extent n = Extent.of(1, 1, e.models() * of.lines(), length);
    return new CopiedPiece(
        n, Strided.of(0, 0, 0, length, 1), 0, Strided.of(0, 0, 0, all, 1), before);
  }

  /** Numbers of an input and where they are in the output, each as steps from a first one. */
  private record CopiedPiece(Extent n, Strided x, long firstX, Strided y, long firstY) {
    void copy(long from, long to, Emission e) {
      e.to().sum(n, y.at(Strided.at(to, firstY)), 0, 1f, x.at(Strided.at(from, firstX)));
    }

    void carry(GradientShare dx, long dy, Emission e) {
      Strided to = x.at(Strided.at(dx.address(), firstX));
      e.to().sum(n, to, dx.add(), 1f, y.at(Strided.at(dy, firstY)));
    }
  }
}
