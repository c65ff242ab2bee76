package io.gradzoo.engine.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many rows with one row, against the same in double precision. */
class RowKernelsTest {
  private static final double ROUNDING = 2e-6;
  private static final int[] ROWS = {0, 1, 2, 7};

  private final SplittableRandom random = new SplittableRandom(5);

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void aRowIsAddedToOrMultipliedIntoEveryRow(Kernels kernels) {
    for (int width : Shapes.WIDTHS) {
      for (int rows : ROWS) {
        Placed x = Placed.random(random, rows, width, 0);
        Placed v = Placed.row(random, width);
        Placed y = Placed.empty(rows, width, 0);
        kernels.sumWithRow(
            rows, width, x.array(), x.offset(), v.array(), v.offset(), y.array(), y.offset());
        holds(y, i -> (double) x.at(i) + v.at(i % width), "sumWithRow");

        Placed inPlace = x.copy();
        kernels.sumWithRow(
            rows,
            width,
            inPlace.array(),
            inPlace.offset(),
            v.array(),
            v.offset(),
            inPlace.array(),
            inPlace.offset());
        holds(inPlace, i -> (double) x.at(i) + v.at(i % width), "sumWithRow in place");

        y = Placed.empty(rows, width, 0);
        kernels.productWithRow(
            rows, width, x.array(), x.offset(), v.array(), v.offset(), y.array(), y.offset());
        holds(y, i -> (double) x.at(i) * v.at(i % width), "productWithRow");

        Placed before = Placed.random(random, rows, width, 0);
        y = before.copy();
        kernels.addProductWithRow(
            rows, width, x.array(), x.offset(), v.array(), v.offset(), y.array(), y.offset());
        holds(y, i -> before.at(i) + (double) x.at(i) * v.at(i % width), "addProductWithRow");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void sumsOverRowsAddToTheirOutput(Kernels kernels) {
    for (int width : Shapes.WIDTHS) {
      for (int rows : ROWS) {
        Placed a = Placed.random(random, rows, width, 0);
        Placed b = Placed.random(random, rows, width, 0);
        Placed before = Placed.row(random, width);
        Placed y = before.copy();
        kernels.addColumnSums(rows, width, a.array(), a.offset(), y.array(), y.offset());
        holds(y, j -> before.at(j) + column(rows, i -> a.at(i, j)), "addColumnSums");

        y = before.copy();
        kernels.addColumnSumsOfProducts(
            rows, width, a.array(), a.offset(), b.array(), b.offset(), y.array(), y.offset());
        holds(
            y,
            j -> before.at(j) + column(rows, i -> (double) a.at(i, j) * b.at(i, j)),
            "addColumnSumsOfProducts");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void sumsOverRowsAtTheEndOfAnArrayReadNothingBehindIt(Kernels kernels) {
    for (int width : new int[] {1, 3, 10, 17}) {
      for (int rows = 1; rows <= 5; rows++) {
        float[] x = new float[rows * width];
        Arrays.fill(x, 1f);
        Placed y = Placed.row(random, width);
        Placed before = y.copy();
        int terms = rows;
        kernels.addColumnSums(rows, width, x, 0, y.array(), y.offset());
        holds(y, j -> before.at(j) + (double) terms, "addColumnSums");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void reluLetsTheGradientThroughWhereItsOutputIsPositive(Kernels kernels) {
    for (int n : Shapes.WIDTHS) {
      Placed y = Placed.row(random, n);
      Placed dy = Placed.row(random, n);
      Placed dx = Placed.empty(1, n, 0);
      kernels.gateByRelu(
          y.array(), y.offset(), dy.array(), dy.offset(), dx.array(), dx.offset(), n);
      holds(dx, i -> y.at(i) > 0 ? dy.at(i) : 0, "gateByRelu");

      Placed inPlace = dy.copy();
      kernels.gateByRelu(
          y.array(),
          y.offset(),
          inPlace.array(),
          inPlace.offset(),
          inPlace.array(),
          inPlace.offset(),
          n);
      holds(inPlace, i -> y.at(i) > 0 ? dy.at(i) : 0, "gateByRelu in place");
    }
  }

  private static double column(int rows, IntToDoubleFunction term) {
    return IntStream.range(0, rows).mapToDouble(term).sum();
  }

  private static void holds(Placed y, IntToDoubleFunction expected, String description) {
    double[] values = new double[y.rows() * y.width()];
    Arrays.setAll(values, expected);
    y.assertHolds(values, ROUNDING, description);
  }
}
