package io.gradzoo.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arithmetic element by element against the same in double precision. */
class ElementwiseKernelsTest {
  private static final double ROUNDING = 2e-7;

  private final SplittableRandom random = new SplittableRandom(2);

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void additionsAddToOrOverwriteTheirOutput(Kernels kernels) {
    for (int n : Shapes.WIDTHS) {
      Placed a = Placed.row(random, n);
      Placed b = Placed.row(random, n);
      Placed y = b.copy();
      kernels.add(a.array(), a.offset(), y.array(), y.offset(), n);
      holds(y, i -> (double) b.at(i) + a.at(i), "add");

      y = Placed.empty(1, n, 2);
      kernels.sum(a.array(), a.offset(), b.array(), b.offset(), y.array(), y.offset(), n);
      holds(y, i -> (double) a.at(i) + b.at(i), "sum");

      y = b.copy();
      kernels.addScaled(-0.7f, a.array(), a.offset(), y.array(), y.offset(), n);
      holds(y, i -> b.at(i) - (double) 0.7f * a.at(i), "addScaled");

      y = Placed.empty(1, n, 1);
      kernels.scale(1.7f, a.array(), a.offset(), y.array(), y.offset(), n);
      holds(y, i -> (double) 1.7f * a.at(i), "scale");
    }
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void productsAddToOrOverwriteTheirOutput(Kernels kernels) {
    for (int n : Shapes.WIDTHS) {
      Placed a = Placed.row(random, n);
      Placed b = Placed.row(random, n);
      Placed y = Placed.empty(1, n, 1);
      kernels.product(a.array(), a.offset(), b.array(), b.offset(), y.array(), y.offset(), n);
      holds(y, i -> (double) a.at(i) * b.at(i), "product");

      Placed before = Placed.row(random, n);
      y = before.copy();
      kernels.addProduct(a.array(), a.offset(), b.array(), b.offset(), y.array(), y.offset(), n);
      holds(y, i -> before.at(i) + (double) a.at(i) * b.at(i), "addProduct");
    }
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void outputsMayBeInputsWhereTheContractSaysSo(Kernels kernels) {
    for (int n : Shapes.WIDTHS) {
      Placed a = Placed.row(random, n);
      Placed b = Placed.row(random, n);

      Placed y = a.copy();
      kernels.sum(y.array(), y.offset(), b.array(), b.offset(), y.array(), y.offset(), n);
      holds(y, i -> (double) a.at(i) + b.at(i), "sum over a");
      y = b.copy();
      kernels.product(a.array(), a.offset(), y.array(), y.offset(), y.array(), y.offset(), n);
      holds(y, i -> (double) a.at(i) * b.at(i), "product over b");
      y = a.copy();
      kernels.scale(3f, y.array(), y.offset(), y.array(), y.offset(), n);
      holds(y, i -> 3.0 * a.at(i), "scale over x");
      y = a.copy();
      kernels.relu(y.array(), y.offset(), y.array(), y.offset(), n);
      holds(y, i -> Math.max(0.0, a.at(i)), "relu over x");
      y = a.copy();
      kernels.tanh(y.array(), y.offset(), y.array(), y.offset(), n);
      holds(y, i -> Math.tanh(a.at(i)), "tanh over x");
    }
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void sumsOverElementsAndColumnsAgreeWithDoublePrecision(Kernels kernels) {
    for (int n : Shapes.WIDTHS) {
      Placed a = Placed.row(random, n);
      Placed b = Placed.row(random, n);
      double dot = 0;
      double magnitude = 0;
      for (int i = 0; i < n; i++) {
        dot += (double) a.at(i) * b.at(i);
        magnitude += Math.abs((double) a.at(i) * b.at(i));
      }
      assertThat((double) kernels.dot(a.array(), a.offset(), b.array(), b.offset(), n))
          .as("dot of %d", n)
          .isCloseTo(dot, within(1e-6 * magnitude));
      for (int rows : Shapes.ROWS) {
        Placed x = Placed.random(random, rows, n, 0);
        Placed y = a.copy();
        kernels.addColumnSums(rows, n, x.array(), x.offset(), y.array(), y.offset());
        double[] expected = a.doubles();
        for (int i = 0; i < rows * n; i++) {
          expected[i % n] += x.at(i);
        }
        y.assertHolds(expected, 5e-6, "column sums of " + rows + " rows");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void piecewiseLinearFunctionsAndTheirAdjointsFollowTheSignOfX(Kernels kernels) {
    for (int n : Shapes.WIDTHS) {
      Placed x = Placed.row(random, n);
      x.array()[x.offset() + n / 2] = 0f;
      Placed dy = Placed.row(random, n);
      Placed dx = Placed.row(random, n);

      Placed y = Placed.empty(1, n, 1);
      kernels.abs(x.array(), x.offset(), y.array(), y.offset(), n);
      holds(y, i -> Math.abs(x.at(i)), "abs");
      Placed added = dx.copy();
      kernels.absAdjoint(
          x.array(), x.offset(), dy.array(), dy.offset(), added.array(), added.offset(), n);
      holds(added, i -> dx.at(i) + (double) dy.at(i) * Math.signum(x.at(i)), "abs adjoint");

      y = Placed.empty(1, n, 1);
      kernels.relu(x.array(), x.offset(), y.array(), y.offset(), n);
      holds(y, i -> Math.max(0.0, x.at(i)), "relu");
      added = dx.copy();
      kernels.reluAdjoint(
          y.array(), y.offset(), dy.array(), dy.offset(), added.array(), added.offset(), n);
      holds(added, i -> dx.at(i) + (x.at(i) > 0 ? (double) dy.at(i) : 0.0), "relu adjoint");
    }
  }

  private static void holds(Placed y, IntToDoubleFunction formula, String description) {
    double[] expected = new double[y.width()];
    Arrays.setAll(expected, formula);
    y.assertHolds(expected, 3 * ROUNDING, description);
  }
}
