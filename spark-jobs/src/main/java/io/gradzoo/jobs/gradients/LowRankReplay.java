package io.gradzoo.jobs.gradients;

import io.gradzoo.engine.gradient.ConvolutionGradients;
import io.gradzoo.engine.gradient.LowRankGradients;
import io.gradzoo.jobs.table.LayerLowRankTable;
import io.gradzoo.jobs.table.LayerLowRankTable.LowRankRow;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Stored low-rank gradients of a convolution beside the full gradients G taken again. Singular
 * vectors themselves may differ in sign, or rotate where singular values are equal, so what is
 * compared are the equations that they solve, {@code G r = l (r · r)} and {@code Gᵀ l = r (l · l)},
 * and the share of ‖G‖² that they keep.
 */
final class LowRankReplay {
  private final ConvolutionGradients again;
  private final int rank;
  private final float[] left;
  private final float[] right;
  private final float[] biases;
  private final float[] energy;

  /**
   * @param rows of the layer, by sample offset, at least one
   */
  LowRankReplay(ConvolutionGradients again, List<Row> rows) {
    this.again = again;
    LowRankRow stored = LowRankRow.joined(rows);
    this.rank = stored.rank();
    this.left = stored.left();
    this.right = stored.right();
    this.biases = stored.db();
    this.energy = stored.energy();
  }

  /** Takes a column's name, its expected and its found value. */
  @FunctionalInterface
  interface Difference {
    void compare(String column, float[] again, float[] found);
  }

  /** Compares every column. */
  void compare(Difference difference) {
    LowRankGradients best = LowRankGradients.of(again, rank);
    difference.compare(LayerLowRankTable.DB, again.biases(), biases);
    difference.compare(LayerLowRankTable.ENERGY, best.energy(), energy);
    if (left.length != best.left().length || right.length != best.right().length) {
      difference.compare(LayerLowRankTable.LEFT_VECTORS, best.left(), left);
      difference.compare(LayerLowRankTable.RIGHT_VECTORS, best.right(), right);
      return;
    }
    int out = again.layer().out();
    int fanIn = again.layer().fanIn();
    difference.compare(
        LayerLowRankTable.LEFT_VECTORS,
        products(right, new GradientAxis(fanIn, 1), new GradientAxis(out, fanIn)),
        scaled(left, out, right, fanIn));
    difference.compare(
        LayerLowRankTable.RIGHT_VECTORS,
        products(left, new GradientAxis(out, fanIn), new GradientAxis(fanIn, 1)),
        scaled(right, fanIn, left, out));
    difference.compare("energy of left and right", best.energy(), kept(out, fanIn));
  }

  /** One of the two axes of a gradient [out, in · kernel²]. */
  private record GradientAxis(int length, int stride) {}

  /** The gradients times vectors [samples · rank, along], [samples · rank, other]. */
  private float[] products(float[] vectors, GradientAxis along, GradientAxis other) {
    int pairs = vectors.length / along.length;
    float[] products = new float[pairs * other.length];
    for (int pair = 0; pair < pairs; pair++) {
      int gradient = pair / rank * along.length * other.length;
      for (int j = 0; j < other.length; j++) {
        double sum = 0;
        for (int i = 0; i < along.length; i++) {
          float entry = again.weights()[gradient + i * along.stride + j * other.stride];
          sum += (double) entry * vectors[pair * along.length + i];
        }
        products[pair * other.length + j] = (float) sum;
      }
    }
    return products;
  }

  /** Each vector times the square of its partner. */
  private static float[] scaled(float[] vectors, int width, float[] partners, int partnerWidth) {
    float[] scaled = new float[vectors.length];
    for (int i = 0; i < scaled.length; i++) {
      double square = square(partners, i / width * partnerWidth, partnerWidth);
      scaled[i] = (float) (vectors[i] * square);
    }
    return scaled;
  }

  /** The share of each sample's ‖G‖² that the stored pairs keep, [samples]. */
  private float[] kept(int out, int fanIn) {
    float[] kept = new float[again.samples()];
    for (int n = 0; n < kept.length; n++) {
      double whole = square(again.weights(), n * out * fanIn, out * fanIn);
      double sum = 0;
      for (int pair = n * rank; pair < (n + 1) * rank; pair++) {
        sum += square(left, pair * out, out) * square(right, pair * fanIn, fanIn);
      }
      kept[n] = whole == 0 ? 1f : (float) (sum / whole);
    }
    return kept;
  }

  private static double square(float[] x, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += (double) x[i] * x[i];
    }
    return sum;
  }
}
