package io.gradzoo.engine.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The products against sums in double precision. */
class ProductKernelsTest {
  private static final int[] DEPTHS = {0, 1, 2, 9, 40};

  private final SplittableRandom random = new SplittableRandom(1);

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernelsOfProducts")
  void productOverwritesC(Kernels kernels) {
    forEveryShape(
        (m, n, k, gap) -> {
          Operands x = new Operands(m, n, k, gap);
          Placed c = Placed.empty(m, n, gap);
          kernels.multiply(
              m,
              n,
              k,
              x.a.array(),
              x.a.offset(),
              x.a.ld(),
              x.b.array(),
              x.b.offset(),
              x.b.ld(),
              c.array(),
              c.offset(),
              c.ld());
          x.assertSum(c, new double[m * n]);
        });
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernelsOfProducts")
  void accumulatingProductAddsToC(Kernels kernels) {
    forEveryShape(
        (m, n, k, gap) -> {
          Operands x = new Operands(m, n, k, gap);
          Placed c = Placed.random(random, m, n, gap);
          double[] before = c.doubles();
          kernels.multiplyAdd(
              m,
              n,
              k,
              x.a.array(),
              x.a.offset(),
              x.a.ld(),
              x.b.array(),
              x.b.offset(),
              x.b.ld(),
              c.array(),
              c.offset(),
              c.ld());
          x.assertSum(c, before);
        });
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernelsOfProducts")
  void affineMapStartsEveryRowFromTheBias(Kernels kernels) {
    forEveryShape(
        (m, n, k, gap) -> {
          Operands x = new Operands(m, n, k, gap);
          Placed bias = Placed.row(random, n);
          Placed c = Placed.empty(m, n, gap);
          kernels.affine(
              m,
              n,
              k,
              x.a.array(),
              x.a.offset(),
              x.a.ld(),
              x.b.array(),
              x.b.offset(),
              x.b.ld(),
              bias.array(),
              bias.offset(),
              c.array(),
              c.offset(),
              c.ld());
          double[] start = new double[m * n];
          Arrays.setAll(start, i -> bias.at(i % n));
          x.assertSum(c, start);
        });
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernelsOfProducts")
  void transposedProductAddsToC(Kernels kernels) {
    forEveryShape(
        (m, n, k, gap) -> {
          Placed a = Placed.random(random, k, m, gap);
          Operands x = new Operands(transposed(a), Placed.random(random, k, n, 2 * gap));
          Placed c = Placed.random(random, m, n, gap);
          double[] before = c.doubles();
          kernels.transposedMultiplyAdd(
              m,
              n,
              k,
              a.array(),
              a.offset(),
              a.ld(),
              x.b.array(),
              x.b.offset(),
              x.b.ld(),
              c.array(),
              c.offset(),
              c.ld());
          x.assertSum(c, before);
        });
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernelsOfProducts")
  void productsDeeperAndTallerThanTheCacheBlocksAreRight(Kernels kernels) {
    for (int n : new int[] {5, 20, 80}) {
      Operands x = new Operands(200, n, 600, 1);
      Placed c = Placed.empty(200, n, 1);
      kernels.multiply(
          200,
          n,
          600,
          x.a.array(),
          x.a.offset(),
          x.a.ld(),
          x.b.array(),
          x.b.offset(),
          x.b.ld(),
          c.array(),
          c.offset(),
          c.ld());
      x.assertSum(c, new double[200 * n]);
    }
  }

  @ParameterizedTest
  @MethodSource("io.gradzoo.engine.kernel.Shapes#kernels")
  void transposeSwapsRowsAndColumns(Kernels kernels) {
    forEveryShape(
        (m, n, k, gap) -> {
          Placed a = Placed.random(random, m, n, gap);
          Placed y = Placed.empty(n, m, 3 * gap);
          kernels.transpose(m, n, a.array(), a.offset(), a.ld(), y.array(), y.offset(), y.ld());
          y.assertHolds(transposed(a).doubles(), 0.0, "transpose");
        });
  }

  private interface Case {
    void check(int m, int n, int k, int gap);
  }

  private static void forEveryShape(Case check) {
    for (int m : Shapes.ROWS) {
      for (int n : Shapes.WIDTHS) {
        for (int k : DEPTHS) {
          check.check(m, n, k, (m + n + k) % 3);
        }
      }
    }
  }

  private static Placed transposed(Placed a) {
    Placed y = Placed.empty(a.width(), a.rows(), 0);
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < a.width(); j++) {
        y.array()[y.offset() + j * a.rows() + i] = a.at(i, j);
      }
    }
    return y;
  }

  private final class Operands {
    private final Placed a;
    private final Placed b;

    Operands(int m, int n, int k, int gap) {
      this(Placed.random(random, m, k, gap), Placed.random(random, k, n, 2 * gap));
    }

    Operands(Placed a, Placed b) {
      this.a = a;
      this.b = b;
    }

    /** C = start + A·B, to 1e-6 of the sum of magnitudes. */
    void assertSum(Placed c, double[] start) {
      int n = c.width();
      double[] expected = start.clone();
      double[] bounds = new double[start.length];
      for (int i = 0; i < start.length; i++) {
        double magnitude = Math.abs(start[i]);
        for (int p = 0; p < b.rows(); p++) {
          double term = (double) a.at(i / n, p) * b.at(p, i % n);
          expected[i] += term;
          magnitude += Math.abs(term);
        }
        bounds[i] = 1e-6 * magnitude;
      }
      c.assertHolds(expected, bounds, "depth " + b.rows());
    }
  }
}
