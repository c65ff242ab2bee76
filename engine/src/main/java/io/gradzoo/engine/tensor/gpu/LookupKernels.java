package io.gradzoo.engine.tensor.gpu;

import io.gradzoo.engine.tensor.TableLookup;
import io.gradzoo.engine.tensor.TableLookup.Combination;
import io.gradzoo.engine.tensor.Tensor;
import io.gradzoo.engine.tensor.gpu.Emission.GradientShare;

/** {@link TableLookup}. */
final class LookupKernels {
  private LookupKernels() {}

  static void forward(TableLookup of, Emission e) {
    long x = of.inputs().isEmpty() ? 0 : e.values(of.inputs().get(0));
    launch(of, x, of.combination(), e.values(of.output()), 0, e);
  }

  private static void launch(
      TableLookup of, long x, Combination combination, long y, int add, Emission e) {
    Tensor output = of.output();
    int rows = output.rows();
    int width = output.width();
    int n = new Extent(e.models(), rows, width, 1, 1).places(3);
    long types = e.constants(of.types());
    long table = e.parameter(of.table());
    e.to().launch("lookup", n, n, rows, width, types, table, x, code(combination), y, add);
  }

  private static int code(Combination combination) {
    return switch (combination) {
      case ALONE -> 0;
      case SUM -> 1;
      case PRODUCT -> 2;
    };
  }

  /** Rows are summed over models, then over those of one type. */
  static void adjoint(TableLookup of, Emission e) {
    Tensor y = of.output();
    int rows = y.rows();
    int width = y.width();
    long dy = e.gradient(y);
    long sums = e.scratch((long) rows * width);
    Extent n = new Extent(1, rows, width, e.models(), 1);
    Strided gradient = perModel(dy, y);
    Strided to = Strided.of(sums, 0, width, 1, 0);
    if (of.combination() == Combination.PRODUCT) {
      e.to().reduce(n, to, 0, 1f, gradient, perModel(e.values(of.inputs().get(0)), y));
    } else {
      e.to().reduce(n, to, 0, 1f, gradient);
    }
    int entries = of.table().shape().get(0);
    long table = e.parameterGradient(of.table());
    long types = e.constants(of.types());
    e.to().launch("lookupTable", entries * width, entries, rows, width, types, sums, table);
    if (of.combination() != Combination.ALONE && of.inputs().get(0).needsGradient()) {
      carry(of, dy, e);
    }
  }

  private static Strided perModel(long address, Tensor y) {
    return Strided.of(address, 0, y.width(), 1, (long) y.rows() * y.width());
  }

  private static void carry(TableLookup of, long dy, Emission e) {
    Tensor y = of.output();
    GradientShare dx = e.share(of.inputs().get(0));
    if (of.combination() == Combination.PRODUCT) {
      launch(of, dy, Combination.PRODUCT, dx.address(), dx.add(), e);
    } else {
      Extent n = Extent.of(1, 1, 1, e.models() * y.rows() * y.width());
      Strided to = Strided.of(dx.address(), 0, 0, 0, 1);
      e.to().sum(n, to, dx.add(), 1f, Strided.of(dy, 0, 0, 0, 1));
    }
  }
}
