package io.gradzoo.engine.kernel;

/**
 * Plain loops: the reference for {@link VectorKernels} and what runs where the Vector API is
 * absent.
 */
class ScalarKernels extends ScalarArithmetic {
  static final float LAYER_NORM_EPSILON = 1e-5f;
  static final float UNIT_NORM_EPSILON = 1e-10f;

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void relu(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.max(x[xo + i], 0f);
    }
  }

  @Override
  public void reluAdjoint(float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int n) {
    for (int i = 0; i < n; i++) {
      if (y[yo + i] > 0f) {
        dx[dxo + i] += dy[dyo + i];
      }
    }
  }

  @Override
  public void gateByRelu(float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int n) {
    for (int i = 0; i < n; i++) {
      dx[dxo + i] = y[yo + i] > 0f ? dy[dyo + i] : 0f;
    }
  }

  @Override
  public void silu(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = x[xo + i] * sigmoid(x[xo + i]);
    }
  }

  @Override
  public void siluAdjoint(float[] x, int xo, float[] dy, int dyo, float[] dx, int dxo, int n) {
    for (int i = 0; i < n; i++) {
      dx[dxo + i] += dy[dyo + i] * siluSlope(x[xo + i]);
    }
  }

  @Override
  public void tanh(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (float) StrictMath.tanh(x[xo + i]);
    }
  }

  @Override
  public void sine(float frequency, float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (float) StrictMath.sin((double) frequency * x[xo + i]);
    }
  }

  @Override
  public void gateBySine(
      float frequency, float[] x, int xo, float[] dy, int dyo, float[] dx, int dxo, int n) {
    for (int i = 0; i < n; i++) {
      double slope = frequency * StrictMath.cos((double) frequency * x[xo + i]);
      dx[dxo + i] = dy[dyo + i] * (float) slope;
    }
  }

  @Override
  public void exponentialColumns(
      int rows,
      int width,
      float[] x,
      int xo,
      float[] shifts,
      int shiftsOffset,
      float[] inverses,
      int inversesOffset) {
    for (int column = 0; column < width; column++) {
      int first = xo + column;
      int end = first + rows * width;
      float largest = Float.NEGATIVE_INFINITY;
      for (int at = first; at < end; at += width) {
        largest = Math.max(largest, x[at]);
      }
      float sum = 0f;
      for (int at = first; at < end; at += width) {
        x[at] = (float) StrictMath.exp(x[at] - largest);
        sum += x[at];
      }
      shifts[shiftsOffset + column] = -largest;
      inverses[inversesOffset + column] = 1f / sum;
    }
  }

  @Override
  public void exponentialAndProduct(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      x[xo + i] = (float) StrictMath.exp(x[xo + i]);
      y[yo + i] *= x[xo + i];
    }
  }

  @Override
  public void abs(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.abs(x[xo + i]);
    }
  }

  @Override
  public void absAdjoint(float[] x, int xo, float[] dy, int dyo, float[] dx, int dxo, int n) {
    for (int i = 0; i < n; i++) {
      dx[dxo + i] += dy[dyo + i] * Math.signum(x[xo + i]);
    }
  }

  @Override
  public void layerNormStatistics(
      int rows, int width, float[] x, int xo, float[] statistics, int so) {
    for (int row = 0; row < rows; row++) {
      float mean = mean(x, xo + row * width, width);
      statistics[so + 2 * row] = mean;
      statistics[so + 2 * row + 1] = inverseDeviation(x, xo + row * width, width, mean);
    }
  }

  @Override
  public void layerNormSilu(
      int rows,
      int width,
      float[] x,
      int xo,
      float[] gain,
      int gainOffset,
      float[] shift,
      int shiftOffset,
      float[] y,
      int yo,
      float[] statistics,
      int so) {
    layerNormStatistics(rows, width, x, xo, statistics, so);
    for (int row = 0; row < rows; row++) {
      int start = xo + row * width;
      float mean = statistics[so + 2 * row];
      float inverse = statistics[so + 2 * row + 1];
      for (int j = 0; j < width; j++) {
        float z = gain[gainOffset + j] * ((x[start + j] - mean) * inverse) + shift[shiftOffset + j];
        y[yo + row * width + j] = z * sigmoid(z);
      }
    }
  }

  @Override
  public void layerNormSiluSlopes(
      int rows,
      int width,
      float[] x,
      int xo,
      float[] gain,
      int gainOffset,
      float[] shift,
      int shiftOffset,
      float[] statistics,
      int so,
      float[] y,
      int yo,
      float[] slopes,
      int slopesOffset) {
    for (int row = 0; row < rows; row++) {
      float mean = statistics[so + 2 * row];
      float inverse = statistics[so + 2 * row + 1];
      for (int j = 0; j < width; j++) {
        float normal = (x[xo + row * width + j] - mean) * inverse;
        float z = gain[gainOffset + j] * normal + shift[shiftOffset + j];
        y[yo + row * width + j] = z * sigmoid(z);
        slopes[slopesOffset + row * width + j] = siluSlope(z);
      }
    }
  }

  @Override
  public void layerNormAdjoint(
      int rows,
      int width,
      float[] x,
      int xo,
      float[] gain,
      int gainOffset,
      float[] statistics,
      int so,
      float[] slopes,
      int slopesOffset,
      float[] dy,
      int dyo,
      float[] dx,
      int dxo,
      float[] dGain,
      int dGainOffset,
      float[] dShift,
      int dShiftOffset) {
    for (int row = 0; row < rows; row++) {
      int start = row * width;
      float mean = statistics[so + 2 * row];
      float inverse = statistics[so + 2 * row + 1];
      float sum = 0f;
      float along = 0f;
      for (int j = 0; j < width; j++) {
        float normal = (x[xo + start + j] - mean) * inverse;
        float dz = dy[dyo + start + j] * slopes[slopesOffset + start + j];
        dGain[dGainOffset + j] += dz * normal;
        dShift[dShiftOffset + j] += dz;
        float dNormal = dz * gain[gainOffset + j];
        slopes[slopesOffset + start + j] = dNormal;
        sum += dNormal;
        along += dNormal * normal;
      }
      sum /= width;
      along /= width;
      for (int j = 0; j < width; j++) {
        float normal = (x[xo + start + j] - mean) * inverse;
        dx[dxo + start + j] = inverse * (slopes[slopesOffset + start + j] - sum - normal * along);
      }
    }
  }

  @Override
  public void unitNorm(
      int rows, int width, float[] x, int xo, float[] y, int yo, float[] inverseNorm, int no) {
    for (int row = 0; row < rows; row++) {
      int start = row * width;
      float squares = dot(x, xo + start, x, xo + start, width);
      float inverse = 1f / ((float) Math.sqrt(squares) + UNIT_NORM_EPSILON);
      inverseNorm[no + row] = inverse;
      scale(inverse, x, xo + start, y, yo + start, width);
    }
  }

  @Override
  public void unitNormAdjoint(
      int rows,
      int width,
      float[] y,
      int yo,
      float[] inverseNorm,
      int no,
      float[] dy,
      int dyo,
      float[] dx,
      int dxo) {
    for (int row = 0; row < rows; row++) {
      int start = row * width;
      float along = dot(y, yo + start, dy, dyo + start, width);
      float inverse = inverseNorm[no + row];
      for (int j = start; j < start + width; j++) {
        dx[dxo + j] += inverse * (dy[dyo + j] - y[yo + j] * along);
      }
    }
  }

  static float sigmoid(float x) {
    return (float) (1.0 / (1.0 + StrictMath.exp(-x)));
  }

  private static float siluSlope(float x) {
    float s = sigmoid(x);
    return s * (1f + x * (1f - s));
  }

  private static float mean(float[] x, int start, int width) {
    float sum = 0f;
    for (int j = 0; j < width; j++) {
      sum += x[start + j];
    }
    return sum / width;
  }

  private static float inverseDeviation(float[] x, int start, int width, float mean) {
    float squares = 0f;
    for (int j = 0; j < width; j++) {
      float centred = x[start + j] - mean;
      squares += centred * centred;
    }
    return 1f / (float) Math.sqrt(squares / width + LAYER_NORM_EPSILON);
  }
}
