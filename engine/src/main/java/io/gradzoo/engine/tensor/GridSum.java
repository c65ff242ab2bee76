package io.gradzoo.engine.tensor;

import io.gradzoo.engine.kernel.Kernels;
import java.util.Arrays;

/**
 * {@code y[p, q] = x[p, q] + u[p] + v[q] + w}, each term optional but one: the outer sum of node
 * features over edges, and the exchangeable layer of GradMetaNet over (set element, neuron).
 */
final class GridSum extends Operation {
  private final Tensor cells;
  private final Tensor alongFirst;
  private final Tensor alongSecond;
  private final Tensor everywhere;
  private final int first;
  private final int second;

  /** Absent terms are null. */
  GridSum(
      Kernels kernels,
      int first,
      int second,
      Tensor output,
      Tensor cells,
      Tensor alongFirst,
      Tensor alongSecond,
      Tensor everywhere) {
    super(kernels, output, present(cells, alongFirst, alongSecond, everywhere));
    this.cells = cells;
    this.alongFirst = alongFirst;
    this.alongSecond = alongSecond;
    this.everywhere = everywhere;
    this.first = first;
    this.second = second;
  }

  @Override
  void forward(int models) {
    float[] y = output.values();
    int width = output.width();
    if (cells == null) {
      Arrays.fill(y, 0, count(models), 0f);
    } else {
      System.arraycopy(cells.values(), 0, y, 0, count(models));
    }
    int row = 0;
    for (int m = 0; m < models; m++) {
      for (int p = 0; p < first; p++) {
        for (int q = 0; q < second; q++) {
          add(alongFirst, (m * first + p) * width, y, row, width);
          add(alongSecond, (m * second + q) * width, y, row, width);
          add(everywhere, m * width, y, row, width);
          row += width;
        }
      }
    }
  }

  @Override
  void adjoint(int models) {
    float[] dy = output.gradients();
    int width = output.width();
    if (cells != null && cells.needsGradient()) {
      kernels.add(dy, 0, cells.gradients(), 0, count(models));
    }
    int row = 0;
    for (int m = 0; m < models; m++) {
      for (int p = 0; p < first; p++) {
        for (int q = 0; q < second; q++) {
          carry(dy, row, alongFirst, (m * first + p) * width, width);
          carry(dy, row, alongSecond, (m * second + q) * width, width);
          carry(dy, row, everywhere, m * width, width);
          row += width;
        }
      }
    }
  }

  private void add(Tensor term, int at, float[] y, int row, int width) {
    if (term != null) {
      kernels.add(term.values(), at, y, row, width);
    }
  }

  private void carry(float[] dy, int row, Tensor term, int at, int width) {
    if (term != null && term.needsGradient()) {
      kernels.add(dy, row, term.gradients(), at, width);
    }
  }

  private static Tensor[] present(Tensor... terms) {
    return Arrays.stream(terms).filter(term -> term != null).toArray(Tensor[]::new);
  }
}
