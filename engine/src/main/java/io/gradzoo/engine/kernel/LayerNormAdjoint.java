package io.gradzoo.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The passes of the adjoint of layer norm over a group of rows, in the order in which {@link
 * VectorLayerNorm} makes them. With x̂ = (x − mean) · inverse, both from {@code statistics} [rows,
 * 2].
 */
final class LayerNormAdjoint {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private LayerNormAdjoint() {}

  /**
   * dz = slopes ⊙ dy, in place of the slopes; and for each row, with d = gain ⊙ dz, the sums of d
   * and of d ⊙ x̂.
   *
   * @param lanes memory for two vectors of each row
   * @param sums output, [rows, 2]
   */
  static void multiplySlopes(
      int rows,
      int width,
      float[] x,
      int xo,
      float[] statistics,
      int so,
      float[] gain,
      int gainOffset,
      float[] dz,
      int dzo,
      float[] dy,
      int dyo,
      float[] lanes,
      float[] sums) {
    int whole = Lanes.bound(width);
    for (int row = 0; row < rows; row++) {
      int from = row * width;
      float mean = statistics[so + 2 * row];
      float inverse = statistics[so + 2 * row + 1];
      FloatVector ds = FloatVector.zero(S);
      FloatVector products = FloatVector.zero(S);
      for (int j = from; j < from + whole; j += L) {
        FloatVector normal = FloatVector.fromArray(S, x, xo + j).sub(mean).mul(inverse);
        FloatVector d =
            FloatVector.fromArray(S, dz, dzo + j).mul(FloatVector.fromArray(S, dy, dyo + j));
        d.intoArray(dz, dzo + j);
        d = d.mul(FloatVector.fromArray(S, gain, gainOffset + j - from));
        ds = ds.add(d);
        products = d.fma(normal, products);
      }
      ds.intoArray(lanes, 2 * row * L);
      products.intoArray(lanes, 2 * row * L + L);
    }
    for (int row = 0; row < rows; row++) {
      int from = row * width;
      float mean = statistics[so + 2 * row];
      float inverse = statistics[so + 2 * row + 1];
      float sum = Lanes.sum(lanes, 2 * row * L);
      float along = Lanes.sum(lanes, 2 * row * L + L);
      for (int j = from + whole; j < from + width; j++) {
        dz[dzo + j] *= dy[dyo + j];
        float d = dz[dzo + j] * gain[gainOffset + j - from];
        sum += d;
        along = Math.fma(d, (x[xo + j] - mean) * inverse, along);
      }
      sums[2 * row] = sum;
      sums[2 * row + 1] = along;
    }
  }

  /** dGain += Σ over rows of dz ⊙ x̂; dShift += Σ over rows of dz. */
  static void addParameterAdjoints(
      int rows,
      int width,
      float[] x,
      int xo,
      float[] statistics,
      int so,
      float[] dz,
      int at,
      float[] dGain,
      int dGainOffset,
      float[] dShift,
      int dShiftOffset) {
    int whole = Lanes.bound(width);
    for (int j = 0; j < whole; j += L) {
      FloatVector gains = FloatVector.fromArray(S, dGain, dGainOffset + j);
      FloatVector shifts = FloatVector.fromArray(S, dShift, dShiftOffset + j);
      for (int row = 0; row < rows; row++) {
        FloatVector centred =
            FloatVector.fromArray(S, x, xo + row * width + j).sub(statistics[so + 2 * row]);
        FloatVector slope = FloatVector.fromArray(S, dz, at + row * width + j);
        gains = slope.fma(centred.mul(statistics[so + 2 * row + 1]), gains);
        shifts = shifts.add(slope);
      }
      gains.intoArray(dGain, dGainOffset + j);
      shifts.intoArray(dShift, dShiftOffset + j);
    }
    for (int row = 0; row < rows; row++) {
      float mean = statistics[so + 2 * row];
      float inverse = statistics[so + 2 * row + 1];
      for (int j = whole; j < width; j++) {
        float normal = (x[xo + row * width + j] - mean) * inverse;
        float slope = dz[at + row * width + j];
        dGain[dGainOffset + j] = Math.fma(slope, normal, dGain[dGainOffset + j]);
        dShift[dShiftOffset + j] += slope;
      }
    }
  }

  /** dx = inverse · (d − mean(d) − x̂ · mean(d ⊙ x̂)) for each row, with d = gain ⊙ dz. */
  static void centre(
      int rows,
      int width,
      float[] x,
      int xo,
      float[] statistics,
      int so,
      float[] gain,
      int gainOffset,
      float[] dz,
      int dzo,
      float[] sums,
      float[] dx,
      int dxo) {
    int whole = Lanes.bound(width);
    for (int row = 0; row < rows; row++) {
      int from = row * width;
      float mean = statistics[so + 2 * row];
      float inverse = statistics[so + 2 * row + 1];
      float sum = sums[2 * row] / width;
      float along = sums[2 * row + 1] / width;
      for (int j = from; j < from + whole; j += L) {
        FloatVector normal = FloatVector.fromArray(S, x, xo + j).sub(mean).mul(inverse);
        FloatVector d =
            FloatVector.fromArray(S, dz, dzo + j)
                .mul(FloatVector.fromArray(S, gain, gainOffset + j - from));
        d.sub(sum).sub(normal.mul(along)).mul(inverse).intoArray(dx, dxo + j);
      }
      for (int j = from + whole; j < from + width; j++) {
        float normal = (x[xo + j] - mean) * inverse;
        float d = dz[dzo + j] * gain[gainOffset + j - from];
        dx[dxo + j] = (d - sum - normal * along) * inverse;
      }
    }
  }
}
