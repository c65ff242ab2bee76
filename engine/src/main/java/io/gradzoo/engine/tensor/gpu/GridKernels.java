package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.Band;
import io.gradzoo.engine.tensor.BandMean;
import io.gradzoo.engine.tensor.GridAxis;
import io.gradzoo.engine.tensor.GridInnerProduct;
import io.gradzoo.engine.tensor.GridProduct;
import io.gradzoo.engine.tensor.GridReduce;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.gpu.Emission.GradientShare;

/** Products and sums along the axes of grids. */
final class GridKernels {
  private GridKernels() {}

  static void forward(GridReduce of, Emission e) {
    Axes axes = new Axes(of.grid(), e.models());
    Strided y = axes.sumsOf(of.summed(), e.values(of.output()));
    Strided x = axes.cellsOf(of.summed(), e.values(of.x()));
    e.to().reduce(axes.reduction(of.summed()), y, 0, of.factor(), x);
  }

  static void adjoint(GridReduce of, Emission e) {
    if (of.x().needsGradient()) {
      Axes axes = new Axes(of.grid(), e.models());
      GradientShare dx = e.share(of.x());
      Strided dy = axes.along(other(of.summed()), e.gradient(of.output()));
      e.to().sum(axes.extent(), axes.cells(dx.address()), dx.add(), of.factor(), dy);
    }
  }

  static void forward(GridInnerProduct of, Emission e) {
    Axes axes = new Axes(of.grid(), e.models());
    Strided y = axes.sumsOf(of.summed(), e.values(of.output()));
    Strided a = axes.cellsOf(of.summed(), e.values(of.a()));
    Strided b = axes.cellsOf(of.summed(), e.values(of.b()));
    e.to().reduce(axes.reduction(of.summed()), y, 0, 1f, a, b);
  }

  static void adjoint(GridInnerProduct of, Emission e) {
    carry(of, of.a(), of.b(), e);
    carry(of, of.b(), of.a(), e);
  }

  private static void carry(GridInnerProduct of, Tensor x, Tensor factor, Emission e) {
    if (x.needsGradient()) {
      Axes axes = new Axes(of.grid(), e.models());
      GradientShare dx = e.share(x);
      Strided dy = axes.along(other(of.summed()), e.gradient(of.output()));
      Strided cells = axes.cells(e.values(factor));
      e.to().product(axes.extent(), axes.cells(dx.address()), dx.add(), cells, dy);
    }
  }

  static void forward(GridProduct of, Emission e) {
    Axes axes = new Axes(of.grid(), e.models());
    multiply(of, axes, e.values(of.x()), new GradientShare(e.values(of.output()), 0), e);
  }

  /** {@code y[p, q] (+)= x[p, q] ⊙ v}. */
  private static void multiply(GridProduct of, Axes axes, long x, GradientShare y, Emission e) {
    Strided v = axes.along(of.axis(), e.values(of.v()));
    e.to().product(axes.extent(), axes.cells(y.address()), y.add(), axes.cells(x), v);
  }

  static void adjoint(GridProduct of, Emission e) {
    Axes axes = new Axes(of.grid(), e.models());
    long dy = e.gradient(of.output());
    if (of.x().needsGradient()) {
      multiply(of, axes, dy, e.share(of.x()), e);
    }
    if (of.v().needsGradient()) {
      GridAxis summed = other(of.axis());
      GradientShare dv = e.share(of.v());
      Strided gradient = axes.cellsOf(summed, dy);
      Strided x = axes.cellsOf(summed, e.values(of.x()));
      Strided to = axes.sumsOf(summed, dv.address());
      e.to().reduce(axes.reduction(summed), to, dv.add(), 1f, gradient, x);
    }
  }

  static void forward(BandMean of, Emission e) {
    Band band = of.band();
    int width = of.output().width();
    Extent n = new Extent(1, e.models() * band.lines(), width, band.count(), 1);
    Strided y = Strided.of(e.values(of.output()), 0, width, 1, 0);
    long first = Strided.at(e.values(band.x()), band.at(0));
    Strided x = Strided.of(first, 0, (long) band.length() * width, 1, width);
    e.to().reduce(n, y, 0, 1f / band.count(), x);
  }

  static void adjoint(BandMean of, Emission e) {
    Band band = of.band();
    if (band.x().needsGradient()) {
      int width = of.output().width();
      Extent n = Extent.of(1, e.models() * band.lines(), band.count(), width);
      long first = Strided.at(e.partOfGradient(band.x()), band.at(0));
      Strided dx = Strided.of(first, 0, (long) band.length() * width, width, 1);
      Strided dy = Strided.of(e.gradient(of.output()), 0, width, 0, 1);
      e.to().sum(n, dx, 1, 1f / band.count(), dy);
    }
  }

  private static GridAxis other(GridAxis axis) {
    return axis == GridAxis.FIRST ? GridAxis.SECOND : GridAxis.FIRST;
  }
}
