package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.GridAxis;
import io.gradzoo.engine.tensor.GridSum;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.gpu.Emission.GradientShare;
import java.util.ArrayList;
import java.util.List;

/** {@link GridSum}. */
final class GridSumKernels {
  private GridSumKernels() {}

  static void forward(GridSum of, Emission e) {
    Axes axes = new Axes(of.grid(), e.models());
    List<Strided> terms = new ArrayList<>();
    if (of.cells() != null) {
      terms.add(axes.cells(e.values(of.cells())));
    }
    if (of.alongFirst() != null) {
      terms.add(axes.along(GridAxis.FIRST, e.values(of.alongFirst())));
    }
    if (of.alongSecond() != null) {
      terms.add(axes.along(GridAxis.SECOND, e.values(of.alongSecond())));
    }
    if (of.everywhere() != null) {
      terms.add(axes.everywhere(e.values(of.everywhere())));
    }
    Strided y = axes.cells(e.values(of.output()));
    Strided[] all = terms.toArray(Strided[]::new);
    if (of.rectified()) {
      e.to().rectifiedSum(axes.extent(), y, all);
    } else {
      e.to().sum(axes.extent(), y, 0, 1f, all);
    }
  }

  static void adjoint(GridSum of, Emission e) {
    Axes axes = new Axes(of.grid(), e.models());
    if (of.rectified()) {
      PointwiseKernels.gateByRelu(of.output(), e);
    }
    long dy = e.gradient(of.output());
    if (wanted(of.cells())) {
      GradientShare dx = e.share(of.cells());
      e.to().sum(axes.extent(), axes.cells(dx.address()), dx.add(), 1f, axes.cells(dy));
    }
    if (wanted(of.alongFirst())) {
      sumAlong(GridAxis.SECOND, axes, dy, e.share(of.alongFirst()), e);
    }
    if (wanted(of.alongSecond())) {
      sumAlong(GridAxis.FIRST, axes, dy, e.share(of.alongSecond()), e);
    }
    if (wanted(of.everywhere())) {
      sumEverywhere(of, dy, e.share(of.everywhere()), e);
    }
  }

  private static void sumAlong(GridAxis summed, Axes axes, long dy, GradientShare to, Emission e) {
    Strided sums = axes.sumsOf(summed, to.address());
    e.to().reduce(axes.reduction(summed), sums, to.add(), 1f, axes.cellsOf(summed, dy));
  }

  private static void sumEverywhere(GridSum of, long dy, GradientShare to, Emission e) {
    int width = of.grid().width();
    int rows = of.grid().rows();
    Extent n = new Extent(e.models(), 1, width, rows, 1);
    Strided sums = Strided.of(to.address(), width, 0, 1, 0);
    e.to().reduce(n, sums, to.add(), 1f, Strided.of(dy, (long) rows * width, 0, 1, width));
  }

  private static boolean wanted(Tensor term) {
    return term != null && term.needsGradient();
  }
}
